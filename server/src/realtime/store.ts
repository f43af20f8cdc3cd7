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
  customer: number
  vendor: number
  staff: number
}

/** Heads of what changed lately on any node: announcements may be lost, this is how their loss is noticed. */
export async function headsChangedSince(sql: Sql, since: Date): Promise<HeadRow[]> {
  const rows = await sql.query<{
    conversation_id: string
    customer_position: number
    vendor_position: number
    seq: number
  }>(
    `select conversation_id, customer_position, vendor_position, seq from conversations
     where updated_at > $1 limit 2000`,
    [since],
  )
  return rows.map((row) => ({
    conversationId: row.conversation_id,
    customer: row.customer_position,
    vendor: row.vendor_position,
    staff: row.seq,
  }))
}
