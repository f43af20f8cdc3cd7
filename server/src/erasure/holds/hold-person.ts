import { actorIdOf } from '@parley/shared/people.ts'
import type { LegalHold } from '@parley/shared/protocol/privacy.ts'
import { writeAudit } from '../../app/audit.ts'
import { Refused } from '../../app/refused.ts'
import type { SiteCommands } from '../../app/site-command.ts'
import type { Sql } from '../../storage/database.ts'
import { erasePersonJob } from '../erase-person.ts'
import { findPerson, lockPerson } from '../store.ts'
import * as store from './hold-store.ts'

const mostListed = 200

export const holdCommands: SiteCommands = {
  async holdPerson({ actor, input, sql, parts, origin }) {
    const { siteId } = actor
    const { contactId, reason } = input
    await store.beforeHolding(sql, siteId)
    if (!(await findPerson(sql, siteId, contactId))) throw new Refused('notFound', 'person.unknown')
    const contactIds = await lockPerson(sql, siteId, contactId)
    if (!contactIds.includes(contactId)) throw new Refused('conflict', 'person.erased')
    if (await store.isInGoingRoom(sql, siteId, contactIds, erasePersonJob))
      throw new Refused('conflict', 'person.roomGoes')
    const hold = { contactId, by: actorIdOf(actor), at: parts.clock.now(), reason }
    if (!(await store.insertHold(sql, siteId, hold))) throw new Refused('conflict', 'person.heldAlready')
    await writeAudit(sql, actor, {
      action: 'person.held',
      object: `contact:${contactId}`,
      reason,
      ip: origin.ip,
    })
    const [placed] = await store.holdsOver(sql, siteId, [contactId])
    if (!placed) throw new Error('A hold was placed by nobody.')
    return holdOf(placed)
  },

  async releasePerson({ actor, input, sql, origin }) {
    const { siteId } = actor
    const { contactId, reason } = input
    if (!(await findPerson(sql, siteId, contactId))) throw new Refused('notFound', 'person.unknown')
    if (!(await store.deleteHold(sql, siteId, contactId))) throw new Refused('conflict', 'person.notHeld')
    await writeAudit(sql, actor, {
      action: 'person.released',
      object: `contact:${contactId}`,
      reason,
      ip: origin.ip,
    })
    return {}
  },

  async listHeldPeople({ actor, sql }) {
    const rows = await store.listHolds(sql, actor.siteId, mostListed)
    return {
      people: rows.map((row) => ({ name: row.name, hold: holdOf(row) })),
      total: rows[0]?.total ?? 0,
    }
  },
}

export function holdOf({ contact_id, held_at, by, reason }: store.HoldRow): LegalHold {
  return { contactId: contact_id, heldAt: held_at.toISOString(), by, reason }
}

/** Part of the transaction that decides an erasure. */
export async function refuseHeld(sql: Sql, siteId: string, contactIds: readonly string[]): Promise<void> {
  const [hold] = await store.holdsOver(sql, siteId, contactIds)
  if (hold) throw new Refused('conflict', 'person.held', { since: hold.held_at.toISOString() })
  if (await store.isInHeldRoom(sql, siteId, contactIds)) throw new Refused('conflict', 'person.roomHeld')
}
