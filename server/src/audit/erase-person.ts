import type { Sql } from '../storage/database.ts'
import { eraseReasons, eraseWho, eraseWhoAtTheDoor } from './store.ts'

export interface Erasure {
  siteId: string
  /** The pseudonymous id under which the person acted: a contact's or a member's. */
  actorId: string
  /** What was about the person: `contact:con_1`, `conversation:cnv_2`. Reasons written there may name them. */
  objects: readonly string[]
}

/**
 * Takes name, address and reasons out of the audit and destroys the salts that tied them to their digests. The lines
 * stay and the chain holds. Part of the caller's transaction, which writes its own line about it.
 */
export async function erasePersonFromAudit(sql: Sql, erasure: Erasure): Promise<{ lines: number }> {
  const { siteId, actorId, objects } = erasure
  const who = (await eraseWho(sql, siteId, actorId)) + (await eraseWhoAtTheDoor(sql, siteId, objects))
  const reasons = await eraseReasons(sql, siteId, objects)
  return { lines: who + reasons }
}
