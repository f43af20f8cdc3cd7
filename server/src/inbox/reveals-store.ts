import type { MemberActor } from '@parley/shared/people.ts'
import { limits } from '@parley/shared/protocol/limits.ts'
import type { Sql } from '../storage/database.ts'

const dayMs = 24 * 60 * 60_000

export interface Reveal {
  requestId: string
  conversationId: string
  field: string
}

/**
 * Counts it, unless as many as a day has were counted. `repeated` is the same wish again, `another` a wish under the name of
 * one before. The member's wishes wait for each other, on whichever node they are.
 */
export async function countReveal(
  sql: Sql,
  { siteId, memberId }: MemberActor,
  { requestId, conversationId, field }: Reveal,
  at: Date,
): Promise<{ is: 'counted' | 'repeated' | 'another' } | { is: 'overQuota'; againAt: Date }> {
  const of = [siteId, memberId]
  await sql.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`reveal:${of.join(' ')}`])
  await sql.query('delete from contact_reveals where site_id = $1 and member_id = $2 and at <= $3', [
    ...of,
    new Date(at.getTime() - dayMs),
  ])
  const past = await sql.query<{ request_id: string; conversation_id: string; field: string; at: Date }>(
    `select request_id, conversation_id, field, at from contact_reveals
     where site_id = $1 and member_id = $2 order by at`,
    of,
  )
  const before = past.find((one) => one.request_id === requestId)
  if (before) {
    const isSame = before.conversation_id === conversationId && before.field === field
    return { is: isSame ? 'repeated' : 'another' }
  }
  const [oldest] = past
  if (oldest && past.length >= limits.revealsPerDay)
    return { is: 'overQuota', againAt: new Date(oldest.at.getTime() + dayMs) }
  await sql.query(
    `insert into contact_reveals (site_id, member_id, request_id, conversation_id, field, at)
     values ($1, $2, $3, $4, $5, $6)`,
    [...of, requestId, conversationId, field, at],
  )
  return { is: 'counted' }
}
