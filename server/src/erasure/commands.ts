import { createHmac } from 'node:crypto'
import { writeAudit } from '../app/audit.ts'
import { auditRead } from '../app/audit-reads.ts'
import { Refused } from '../app/refused.ts'
import type { SiteCommands } from '../app/site-command.ts'
import { planErasure } from './erase-person.ts'
import { holdCommands, holdOf, refuseHeld } from './holds/hold-person.ts'
import { beforeTaking, holdsOver } from './holds/hold-store.ts'
import { eraseMember } from './members/erase-member.ts'
import { takeMember } from './members/export-member.ts'
import { findPerson, lockPerson, peopleLike } from './store.ts'
import { takePerson } from './take-person.ts'
import { listedOf } from './view-of.ts'

const mostFound = 20

export const erasureCommands: SiteCommands = {
  async findPeople({ actor, input, sql, parts, origin }) {
    // What was looked for may be somebody's name: the same words give the same digest, and nobody reads them.
    const digest = createHmac('sha256', parts.config.secretKey)
      .update(input.search.toLowerCase())
      .digest('base64url')
    const object = `search:${digest.slice(0, 16)}`
    await auditRead(parts, actor, { action: 'person.searched', object, ...from(origin) })
    const rows = await peopleLike(sql, actor.siteId, input.search, mostFound)
    const ids = rows.map((row) => row.contact_id)
    const holds = await holdsOver(sql, actor.siteId, ids)
    return {
      people: rows.map((row) => {
        const hold = holds.find(({ over }) => over === row.contact_id)
        return { ...listedOf(row), hold: hold ? holdOf(hold) : null }
      }),
    }
  },

  exportPerson: ({ actor, input, sql, parts, origin }) =>
    takePerson(parts, sql, actor, input.contactId, from(origin)),

  async erasePerson({ actor, input, sql, parts, origin }) {
    const { siteId } = actor
    await beforeTaking(sql, siteId)
    const row = await findPerson(sql, siteId, input.contactId)
    if (!row) throw new Refused('notFound', 'person.unknown')
    const contactIds = await lockPerson(sql, siteId, input.contactId)
    if (!contactIds.includes(input.contactId)) throw new Refused('conflict', 'person.erased')
    await refuseHeld(sql, siteId, contactIds)
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

  ...holdCommands,

  exportMember: ({ actor, input, sql, parts, origin }) =>
    takeMember(parts, sql, actor, input.memberId, from(origin)),
  eraseMember,
}

const from = ({ ip, sessionId }: { ip: string; sessionId: string | null }) => ({ ip, sessionId })
