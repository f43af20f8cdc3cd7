import { createHmac } from 'node:crypto'
import type { FoundPerson } from '@parley/shared/protocol/privacy.ts'
import { writeAudit } from '../app/audit.ts'
import { auditRead } from '../app/audit-reads.ts'
import { Refused } from '../app/refused.ts'
import type { SiteCommands } from '../app/site-command.ts'
import { planErasure } from './erase-person.ts'
import { exportPerson } from './export-person.ts'
import { findPerson, lockPerson, type PersonRow, peopleLike } from './store.ts'

const mostFound = 20

export const erasureCommands: SiteCommands = {
  async findPeople({ actor, input, sql, parts, origin }) {
    // What was looked for may be somebody's name: the same words give the same digest, and nobody reads them.
    const digest = createHmac('sha256', parts.config.secretKey)
      .update(input.search.toLowerCase())
      .digest('base64url')
    const object = `search:${digest.slice(0, 16)}`
    await auditRead(parts, actor, { action: 'person.searched', object, ...from(origin) })
    return { people: (await peopleLike(sql, actor.siteId, input.search, mostFound)).map(viewOf) }
  },

  async exportPerson({ actor, input, sql, parts, origin }) {
    const row = await findPerson(sql, actor.siteId, input.contactId)
    if (!row) throw new Refused('notFound', 'person.unknown')
    const object = `contact:${input.contactId}`
    await auditRead(parts, actor, { action: 'person.exported', object, ...from(origin) })
    return exportPerson(sql, actor.siteId, row, viewOf(row), parts.clock.now())
  },

  async erasePerson({ actor, input, sql, parts, origin }) {
    const { siteId } = actor
    const row = await findPerson(sql, siteId, input.contactId)
    if (!row) throw new Refused('notFound', 'person.unknown')
    const contactIds = await lockPerson(sql, siteId, input.contactId)
    if (!contactIds.includes(input.contactId)) throw new Refused('conflict', 'person.erased')
    await planErasure(parts, sql, siteId, [
      input.contactId,
      ...contactIds.filter((contactId) => contactId !== input.contactId),
    ])
    await writeAudit(sql, actor, {
      action: 'person.erased',
      object: `contact:${input.contactId}`,
      reason: input.reason,
      ip: origin.ip,
    })
    return { conversations: row.conversations }
  },
}

const from = ({ ip, sessionId }: { ip: string; sessionId: string | null }) => ({ ip, sessionId })

function viewOf(row: PersonRow): FoundPerson {
  return {
    contactId: row.contact_id,
    name: row.name,
    email: row.email,
    externalId: row.sub,
    conversations: row.conversations,
    createdAt: row.created_at.toISOString(),
    erasedAt: row.erased_at?.toISOString() ?? null,
  }
}
