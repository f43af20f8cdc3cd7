import type { Answer } from '@parley/shared/protocol/events.ts'
import type { Sql } from '../storage/database.ts'
import { openAddress } from './contact-address.ts'
import { openDetails } from './sealed-payload.ts'

/** The customer's address: proven by the signed identity, or given in this conversation. */
export async function addressFor(sql: Sql, conversationId: string): Promise<string | null> {
  const [row] = await sql.query<{
    site_id: string
    sub: string | null
    proven: string | null
    given: unknown
  }>(
    `select c.site_id, k.sub, k.email as proven,
       (select e.payload from events e
        where e.conversation_id = c.conversation_id and e.type = 'contactDetailsGiven'
          and e.actor_id = c.contact_id order by e.seq desc limit 1) as given
     from conversations c left join contacts k on k.site_id = c.site_id and k.contact_id = c.contact_id
       and k.is_email_verified
     where c.conversation_id = $1`,
    [conversationId],
  )
  if (!row) return null
  const proven = openAddress(sql.seal, row.site_id, { sub: row.sub, email: row.proven })
  if (proven !== null || row.given === null) return proven
  const place = { siteId: row.site_id, conversationId }
  return openDetails(sql.seal, place, row.given).email ?? null
}

/** What was given apart from what everybody in the conversation reads. */
export async function hiddenAnswers(sql: Sql, conversationId: string): Promise<Answer[]> {
  const rows = await sql.query<{ site_id: string; payload: unknown }>(
    `select site_id, payload from events
     where conversation_id = $1 and type = 'contactDetailsGiven' order by seq`,
    [conversationId],
  )
  return rows.flatMap(
    ({ site_id: siteId, payload }) => openDetails(sql.seal, { siteId, conversationId }, payload).answers,
  )
}
