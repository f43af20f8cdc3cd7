import { type Actor, actorIdOf } from '@parley/shared/people.ts'
import type { Clock } from '../../clock.ts'
import type { Sql } from '../../storage/database.ts'
import { Refused } from '../refused.ts'

const rememberedMs = 24 * 60 * 60 * 1000

/** Whatever this transaction writes into the audit carries the session and the request, by the columns' defaults. */
export async function noteRequest(sql: Sql, sessionId: string | null, requestId: string): Promise<void> {
  await sql.query(
    `select set_config('parley.session_id', $1, true), set_config('parley.request_id', $2, true)`,
    [sessionId ?? '', requestId],
  )
}

/**
 * A change of rows is done once. Its answer may hold a secret shown once, so it is not kept to be given again: whoever
 * lost it reads what is there now.
 */
export async function refuseRepeat(sql: Sql, clock: Clock, actor: Actor, requestId: string): Promise<void> {
  const now = clock.now()
  await sql.query('delete from row_requests where at < $1', [new Date(now.getTime() - rememberedMs)])
  const first = await sql.query(
    `insert into row_requests (actor_id, request_id, at) values ($1, $2, $3)
     on conflict do nothing returning request_id`,
    [actorIdOf(actor), requestId, now],
  )
  if (first.length === 0) throw new Refused('conflict', 'request.repeated')
}
