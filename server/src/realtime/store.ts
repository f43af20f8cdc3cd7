import type { Revocation } from '../identity/index.ts'
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
  /** Null where nothing happened since then that this reader knows of. */
  customer: number | null
  vendor: number | null
  staff: number
  movedAt: { customer: Date | null; vendor: Date | null; staff: Date }
}

/** Where the next look begins: every transaction before it has ended, so that one which took long to commit is not missed. */
async function nextLook(sql: Sql): Promise<string> {
  const [look] = await sql.query<{ until: string }>(
    'select pg_snapshot_xmin(pg_current_snapshot())::text as until',
  )
  return look?.until ?? '0'
}

/**
 * Heads of what was written since an earlier look, on any node, and where the next look begins: by the order of
 * transactions, so that one which took long to commit is not missed.
 */
export async function headsWrittenSince(
  sql: Sql,
  since: string | null,
): Promise<{ heads: HeadRow[]; until: string }> {
  const until = await nextLook(sql)
  if (since === null) return { heads: [], until }
  const rows = await sql.query<{
    conversation_id: string
    customer: number | null
    vendor: number | null
    staff: number
    customer_at: Date | null
    vendor_at: Date | null
    staff_at: Date
  }>(
    `select conversation_id, max(customer_position) as customer, max(vendor_position) as vendor, max(seq) as staff,
       max(at) filter (where customer_position is not null) as customer_at,
       max(at) filter (where vendor_position is not null) as vendor_at, max(at) as staff_at
     from events where written_in >= $1::xid8
     group by conversation_id order by max(at) desc limit 5000`,
    [since],
  )
  const heads = rows.map(({ conversation_id, customer, vendor, staff, ...moved }) => ({
    conversationId: conversation_id,
    customer,
    vendor,
    staff,
    movedAt: { customer: moved.customer_at, vendor: moved.vendor_at, staff: moved.staff_at },
  }))
  return { heads, until }
}

/** For the other nodes to look at; what is older than all of them look back goes. */
export async function noteRevoked(
  sql: Sql,
  nodeId: string,
  who: readonly Revocation[],
  at: Date,
  over: Date,
): Promise<void> {
  await sql.query(
    `with gone as (delete from revocations where at < $4)
     insert into revocations (node_id, who, at) select $1, value, $3 from jsonb_array_elements($2::jsonb) as value`,
    [nodeId, JSON.stringify(who), at, over],
  )
}

/** Who lost a right on another node since an earlier look, by the order of transactions, and where the next look begins. */
export async function revokedSince(
  sql: Sql,
  nodeId: string,
  since: string | null,
): Promise<{ found: Revocation[]; until: string }> {
  const until = await nextLook(sql)
  if (since === null) return { found: [], until }
  const rows = await sql.query<{ who: Revocation }>(
    'select distinct who from revocations where written_in >= $1::xid8 and node_id <> $2',
    [since, nodeId],
  )
  return { found: rows.map(({ who }) => who), until }
}
