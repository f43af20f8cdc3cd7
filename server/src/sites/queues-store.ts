import type { Sql } from '../storage/database.ts'

export interface QueueRow {
  queue_id: string
  name: string
  kind: 'support' | 'vendor'
  vendor_id: string | null
  mode: 'offer' | 'pick'
  offer_seconds: number
  member_ids: string[]
}

const queue = `select q.queue_id, q.name, q.kind, q.vendor_id, q.mode, q.offer_seconds,
    array(select qm.member_id from queue_members qm
      join members m on m.site_id = qm.site_id and m.member_id = qm.member_id
      where qm.site_id = q.site_id and qm.queue_id = q.queue_id order by m.name, m.member_id) as member_ids
  from queues q`

/** Support queues in the order they were made, as intake takes them; vendors' by name. */
export async function queuesOf(sql: Sql, siteId: string): Promise<QueueRow[]> {
  return sql.query<QueueRow>(
    `${queue} where q.site_id = $1 and q.removed_at is null
     order by q.kind, case q.kind when 'vendor' then q.name end, q.made`,
    [siteId],
  )
}

export async function queueById(sql: Sql, siteId: string, queueId: string): Promise<QueueRow | undefined> {
  const [row] = await sql.query<QueueRow>(
    `${queue} where q.site_id = $1 and q.queue_id = $2 and q.removed_at is null`,
    [siteId, queueId],
  )
  return row
}

export async function insertQueue(
  sql: Sql,
  siteId: string,
  given: {
    queueId: string
    name: string
    kind: 'support' | 'vendor'
    vendorId: string | null
    mode: 'offer' | 'pick'
    offerSeconds: number
  },
): Promise<void> {
  await sql.query(
    `insert into queues (site_id, queue_id, name, kind, vendor_id, mode, offer_seconds)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [siteId, given.queueId, given.name, given.kind, given.vendorId, given.mode, given.offerSeconds],
  )
}

export async function updateQueue(
  sql: Sql,
  siteId: string,
  given: { queueId: string; name: string; mode: 'offer' | 'pick'; offerSeconds: number },
): Promise<void> {
  await sql.query(
    `update queues set name = $3, mode = $4, offer_seconds = $5
     where site_id = $1 and queue_id = $2 and removed_at is null`,
    [siteId, given.queueId, given.name, given.mode, given.offerSeconds],
  )
}

/** Those of the given who may serve the queue: its own vendor's members, or staff for a support queue. */
export async function fittingMembers(
  sql: Sql,
  siteId: string,
  memberIds: readonly string[],
  vendorId: string | null,
): Promise<string[]> {
  const rows = await sql.query<{ member_id: string }>(
    `select member_id from members
     where site_id = $1 and member_id = any($2::text[]) and vendor_id is not distinct from $3::text`,
    [siteId, memberIds, vendorId],
  )
  return rows.map((row) => row.member_id)
}

export async function setQueueMembers(
  sql: Sql,
  siteId: string,
  queueId: string,
  memberIds: readonly string[],
): Promise<void> {
  await sql.query('delete from queue_members where site_id = $1 and queue_id = $2', [siteId, queueId])
  await sql.query(
    `insert into queue_members (site_id, queue_id, member_id)
     select $1, $2, unnest($3::text[]) on conflict do nothing`,
    [siteId, queueId, memberIds],
  )
}

export async function countSupportQueues(sql: Sql, siteId: string): Promise<number> {
  await sql.query('select site_id from sites where site_id = $1 for update', [siteId])
  const [row] = await sql.query<{ queues: number }>(
    `select count(*)::int as queues from queues
     where site_id = $1 and kind = 'support' and removed_at is null`,
    [siteId],
  )
  return row?.queues ?? 0
}

export async function isQueueInUse(sql: Sql, siteId: string, queueId: string): Promise<boolean> {
  const rows = await sql.query(
    `select 1 as one from conversations
     where site_id = $1 and queue_id = $2 and status <> 'closed' limit 1`,
    [siteId, queueId],
  )
  return rows.length > 0
}

/** The row stays for conversations of the past; nobody serves it any more. */
export async function removeQueueRow(sql: Sql, siteId: string, queueId: string, at: Date): Promise<void> {
  await sql.query('delete from queue_members where site_id = $1 and queue_id = $2', [siteId, queueId])
  await sql.query('update queues set removed_at = $3 where site_id = $1 and queue_id = $2', [
    siteId,
    queueId,
    at,
  ])
}
