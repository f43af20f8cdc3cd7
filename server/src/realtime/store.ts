import type { Sql } from '../storage/database.ts'

/** Says for all members connected to this node that they are there, in one statement. */
export async function notePresence(
  sql: Sql,
  nodeId: string,
  memberIds: readonly string[],
  at: Date,
): Promise<void> {
  if (memberIds.length === 0) return
  await sql.query(
    `insert into member_presence (member_id, node_id, seen_at)
     select member_id, $2, $3::timestamptz from unnest($1::text[]) as member_id
     on conflict (member_id, node_id) do update set seen_at = excluded.seen_at`,
    [memberIds, nodeId, at],
  )
}

export async function dropPresence(sql: Sql, nodeId: string, memberId: string): Promise<void> {
  await sql.query('delete from member_presence where member_id = $1 and node_id = $2', [memberId, nodeId])
}

export async function dropStalePresence(sql: Sql, before: Date): Promise<void> {
  await sql.query('delete from member_presence where seen_at < $1', [before])
}

export interface HeadRow {
  conversationId: string
  /** Null where nothing happened lately that this reader knows of. */
  customer: number | null
  vendor: number | null
  staff: number
}

/** Heads of what changed lately on any node: announcements may be lost, this is how their loss is noticed. */
export async function headsChangedSince(sql: Sql, since: Date): Promise<HeadRow[]> {
  const rows = await sql.query<{
    conversation_id: string
    customer: number | null
    vendor: number | null
    seq: number
  }>(
    `select c.conversation_id, c.seq,
       (select e.customer_position from events e where e.conversation_id = c.conversation_id
          and e.customer_position = c.customer_position and e.at > $1) as customer,
       (select e.vendor_position from events e where e.conversation_id = c.conversation_id
          and e.vendor_position = c.vendor_position and e.at > $1) as vendor
     from conversations c where c.updated_at > $1 limit 2000`,
    [since],
  )
  return rows.map((row) => ({
    conversationId: row.conversation_id,
    customer: row.customer,
    vendor: row.vendor,
    staff: row.seq,
  }))
}
