import { type Actor, actorIdOf, authorOf } from '@parley/shared/people.ts'
import type { Clock } from '../clock.ts'
import type { Sql } from '../storage/database.ts'

export interface AuditLine {
  action: string
  /** Kind and id of what it was done to: `queue:que_1`. Never text of messages, never addresses. */
  object: string
  reason?: string
  ip?: string
}

/** Written in the same transaction as the act; if it cannot be written, the act fails. */
export async function writeAudit(sql: Sql, clock: Clock, actor: Actor, line: AuditLine): Promise<void> {
  await sql.query(
    `insert into audit (at, site_id, actor_id, actor_name, action, object, reason, ip)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      clock.now(),
      actor.siteId,
      actorIdOf(actor),
      authorOf(actor).name,
      line.action,
      line.object,
      line.reason ?? null,
      line.ip ?? null,
    ],
  )
}
