import type { Author } from '@parley/shared/people.ts'
import type { EventPayloads } from '@parley/shared/protocol/events.ts'
import type { Sql } from '../storage/database.ts'

export interface Called {
  siteId: string
  conversationId: string
  memberId: string
  seq: number
}

export async function addMentions(sql: Sql, called: readonly Called[]): Promise<void> {
  await sql.query(
    `insert into mentions (site_id, member_id, conversation_id, seq)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::int[])`,
    [
      called.map(({ siteId }) => siteId),
      called.map(({ memberId }) => memberId),
      called.map(({ conversationId }) => conversationId),
      called.map(({ seq }) => seq),
    ],
  )
}

/** Answers whether something was read by this and nothing is open any more. */
export async function readMentions(
  sql: Sql,
  reader: { siteId: string; conversationId: string; memberId: string },
  upTo: number,
  at: Date,
): Promise<boolean> {
  const [row] = await sql.query<{ is_done: boolean }>(
    `with read as (
       update mentions set read_at = $5::timestamptz
       where site_id = $1 and conversation_id = $2 and member_id = $3 and seq <= $4 and read_at is null returning seq)
     select exists (select 1 from read) and not exists (
       select 1 from mentions where site_id = $1 and conversation_id = $2 and member_id = $3 and seq > $4
         and read_at is null) as is_done`,
    [reader.siteId, reader.conversationId, reader.memberId, upTo, at],
  )
  return row?.is_done === true
}

export interface OpenMention {
  memberId: string
  conversationId: string
  at: string
  by: Author
  payload: EventPayloads['noteAdded']
}

/** With the notes that called, oldest first. */
export async function openMentionsIn(sql: Sql, conversationIds: readonly string[]): Promise<OpenMention[]> {
  const rows = await sql.query<{
    member_id: string
    conversation_id: string
    at: Date
    by: Author
    payload: EventPayloads['noteAdded']
  }>(
    `select m.member_id, m.conversation_id, e.at, e.by, e.payload from mentions m
     join events e on e.conversation_id = m.conversation_id and e.seq = m.seq
     where m.conversation_id = any($1::text[]) and m.read_at is null order by m.conversation_id, m.seq`,
    [conversationIds],
  )
  return rows.map((row) => ({
    memberId: row.member_id,
    conversationId: row.conversation_id,
    at: row.at.toISOString(),
    by: row.by,
    payload: row.payload,
  }))
}
