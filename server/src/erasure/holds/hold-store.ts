import type { Sql } from '../../storage/database.ts'

export interface HoldRow {
  contact_id: string
  held_at: Date
  by: string
  reason: string
}

const hold = 'h.contact_id, h.held_at, m.name as by, h.reason'
const withMember = 'join members m on m.site_id = h.site_id and m.member_id = h.held_by'
const lockOf = (siteId: string) => [`holds:${siteId}`]

/**
 * Part of each transaction that takes something of a person: from here to its commit no hold is placed, and those that were
 * are seen by every statement after it.
 */
export async function beforeTaking(sql: Sql, siteId: string): Promise<void> {
  await sql.query('select pg_advisory_xact_lock_shared(hashtextextended($1, 0))', lockOf(siteId))
}

/** Waits until what is being taken has gone, and lets nothing be taken until the hold is there. */
export async function beforeHolding(sql: Sql, siteId: string): Promise<void> {
  await sql.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', lockOf(siteId))
}

/** False when the person is held already. */
export async function insertHold(
  sql: Sql,
  siteId: string,
  given: { contactId: string; by: string; at: Date; reason: string },
): Promise<boolean> {
  const rows = await sql.query(
    `insert into legal_holds (site_id, contact_id, held_at, held_by, reason) values ($1, $2, $3, $4, $5)
     on conflict do nothing returning contact_id`,
    [siteId, given.contactId, given.at, given.by, given.reason],
  )
  return rows.length > 0
}

/** Who held it, and why, is in the audit. */
export async function deleteHold(sql: Sql, siteId: string, contactId: string): Promise<boolean> {
  const rows = await sql.query(
    'delete from legal_holds where site_id = $1 and contact_id = $2 returning contact_id',
    [siteId, contactId],
  )
  return rows.length > 0
}

/** What holds each of these: their own, or that of whom a browser links them to. */
export async function holdsOver(
  sql: Sql,
  siteId: string,
  contactIds: readonly string[],
): Promise<(HoldRow & { over: string })[]> {
  return sql.query(
    `select ${hold}, c.contact_id as over from held_contacts c
     join legal_holds h on h.site_id = c.site_id and h.contact_id = c.held_as ${withMember}
     where c.site_id = $1 and c.contact_id = any($2::text[])
     order by h.contact_id <> c.contact_id, h.held_at`,
    [siteId, contactIds],
  )
}

export async function listHolds(
  sql: Sql,
  siteId: string,
  limit: number,
): Promise<(HoldRow & { name: string | null; total: number })[]> {
  return sql.query(
    `select ${hold}, p.name, count(*) over ()::int as total from legal_holds h
     join contacts p on p.site_id = h.site_id and p.contact_id = h.contact_id ${withMember}
     where h.site_id = $1 order by h.held_at desc, h.contact_id limit $2`,
    [siteId, limit],
  )
}

/** Whether an erasure of them would take a room with somebody who is held. */
export async function isInHeldRoom(
  sql: Sql,
  siteId: string,
  contactIds: readonly string[],
): Promise<boolean> {
  const [row] = await sql.query<{ found: boolean }>(
    `select exists (select from conversations c
       join held_conversations h on h.site_id = c.site_id and h.conversation_id = c.conversation_id
       where c.site_id = $1 and c.room_members && $2::text[] and c.state->'isErased' is null) as found`,
    [siteId, contactIds],
  )
  return row?.found ?? false
}

/** Whether an erasure of somebody else was decided that takes a room of theirs, and has not come to it yet. */
export async function isInGoingRoom(
  sql: Sql,
  siteId: string,
  contactIds: readonly string[],
  erasureJob: string,
): Promise<boolean> {
  const [row] = await sql.query<{ found: boolean }>(
    `select exists (select from timers t
       join conversations c on c.site_id = t.payload->>'siteId' and c.state->'isErased' is null
         and c.room_members && array(select jsonb_array_elements_text(t.payload->'contactIds'))
       where t.kind = $3 and c.site_id = $1 and c.room_members && $2::text[]) as found`,
    [siteId, contactIds, erasureJob],
  )
  return row?.found ?? false
}

export async function isHeldConversation(sql: Sql, siteId: string, conversationId: string): Promise<boolean> {
  const rows = await sql.query(
    'select 1 from held_conversations where site_id = $1 and conversation_id = $2 limit 1',
    [siteId, conversationId],
  )
  return rows.length > 0
}
