import type { SignedOrder } from '@parley/shared/people.ts'
import { openAddress } from '../conversations/index.ts'
import type { Sql } from '../storage/database.ts'

export interface QueueFound {
  queueId: string
  name: string
  kind: 'support' | 'vendor'
  vendorId: string | null
  vendorName: string | null
}

interface QueueRow {
  queue_id: string
  name: string
  kind: 'support' | 'vendor'
  vendor_id: string | null
  vendor_name: string | null
}

function queueFrom(row: QueueRow): QueueFound {
  return {
    queueId: row.queue_id,
    name: row.name,
    kind: row.kind,
    vendorId: row.vendor_id,
    vendorName: row.vendor_name,
  }
}

/** Support queues in the order they were made; the first serves what no topic names. */
export async function supportQueues(sql: Sql, siteId: string): Promise<QueueFound[]> {
  const rows = await sql.query<QueueRow>(
    `select queue_id, name, kind, vendor_id, null as vendor_name from queues
     where site_id = $1 and kind = 'support' and removed_at is null order by made`,
    [siteId],
  )
  return rows.map(queueFrom)
}

/** The queue of an active vendor, by our id or by the marketplace's own id of it. */
export async function queueOfVendor(
  sql: Sql,
  siteId: string,
  vendorId: string,
): Promise<QueueFound | undefined> {
  const [row] = await sql.query<QueueRow>(
    `select q.queue_id, q.name, q.kind, q.vendor_id, v.name as vendor_name
     from vendors v join queues q on q.site_id = v.site_id and q.vendor_id = v.vendor_id and q.removed_at is null
     where v.site_id = $1 and v.is_active and (v.vendor_id = $2 or v.external_id = $2)
     order by (v.vendor_id = $2) desc limit 1`,
    [siteId, vendorId],
  )
  return row && queueFrom(row)
}

export interface Presence {
  name: string
}

/** People who would answer in these queues right now: available, and their console was seen lately. */
export async function presentIn(
  sql: Sql,
  siteId: string,
  queueIds: readonly string[],
  seenAfter: Date,
): Promise<string[]> {
  const rows = await sql.query<{ name: string }>(
    `select m.name from members m
     where m.site_id = $1 and m.disabled_at is null and m.availability = 'available'
       and vendor_answers(m.site_id, m.member_id, null, $3)
       and exists (select 1 from queue_members qm where qm.site_id = m.site_id and qm.member_id = m.member_id
                   and qm.queue_id = any($2::text[]))
       and exists (select 1 from member_presence p where p.member_id = m.member_id and p.seen_at > $3)
     order by m.last_assigned_at nulls first limit 20`,
    [siteId, queueIds, seenAfter],
  )
  return rows.map((row) => row.name)
}

/** Median time from start to first assignment over the latest 50 chats; null under 5 of them. */
export async function usualReplyMs(
  sql: Sql,
  siteId: string,
  queueIds: readonly string[],
): Promise<number | null> {
  const [row] = await sql.query<{ median: number | null; count: number }>(
    `select percentile_cont(0.5) within group (order by extract(epoch from first_assigned_at - started_at))::float as median,
            count(*) as count
     from (select first_assigned_at, started_at
           from unnest($2::text[]) as asked(queue_id) cross join lateral (
             -- The latest of each line by its index: of several lines at once every chat they ever had would be read.
             select first_assigned_at, started_at from conversations c
             where c.site_id = $1 and c.queue_id = asked.queue_id and first_assigned_at is not null
             order by first_assigned_at desc limit 50) as own
           order by first_assigned_at desc limit 50) as latest`,
    [siteId, queueIds],
  )
  return row && row.count >= 5 && row.median !== null ? Math.round(row.median * 1000) : null
}

/** Average of the latest 200 ratings; null under 3 of them. */
export async function ratingOfVendor(
  sql: Sql,
  siteId: string,
  vendorId: string,
): Promise<{ average: number; count: number } | null> {
  const [row] = await sql.query<{ average: number | null; count: number }>(
    `select avg(rating)::float as average, count(*) as count
     from (select rating from conversations where site_id = $1 and vendor_id = $2 and rating is not null
           order by started_at desc limit 200) as latest`,
    [siteId, vendorId],
  )
  return row && row.count >= 3 && row.average !== null ? { average: row.average, count: row.count } : null
}

export interface ContactFound {
  contactId: string
  name: string | null
  email: string | null
  isEmailVerified: boolean
}

export async function findContact(
  sql: Sql,
  siteId: string,
  contactId: string,
): Promise<ContactFound | undefined> {
  const [row] = await sql.query<{
    contact_id: string
    sub: string | null
    name: string | null
    email: string | null
    is_email_verified: boolean
  }>(
    'select contact_id, sub, name, email, is_email_verified from contacts where site_id = $1 and contact_id = $2',
    [siteId, contactId],
  )
  return (
    row && {
      contactId: row.contact_id,
      name: row.name,
      email: openAddress(sql.seal, siteId, row),
      isEmailVerified: row.is_email_verified,
    }
  )
}

/** What an anonymous visitor calls itself: a label, kept for the next form. */
export async function rememberName(sql: Sql, siteId: string, contactId: string, name: string): Promise<void> {
  await sql.query(
    'update contacts set name = $3 where site_id = $1 and contact_id = $2 and sub is null and erased_at is null',
    [siteId, contactId, name],
  )
}

/** Conversations this very browser had before its person signed in. */
export async function movableConversations(
  sql: Sql,
  siteId: string,
  visitorId: string,
  contactId: string,
): Promise<string[]> {
  const rows = await sql.query<{ conversation_id: string }>(
    `select c.conversation_id from visitors v
     join conversations c on c.site_id = v.site_id and c.contact_id = v.previous_contact_id
     where v.site_id = $1 and v.visitor_id = $2 and v.contact_id = $3 and v.previous_contact_id <> $3
     order by c.updated_at desc limit 50`,
    [siteId, visitorId, contactId],
  )
  return rows.map((row) => row.conversation_id)
}

/** A person has few: more than this at once goes at the next sign-in. */
const mostAtOnce = 100

/** This person's conversations with a vendor about one of these orders that does not name that vendor. */
export async function conversationsOfOthersOrders(
  sql: Sql,
  siteId: string,
  contactId: string,
  orders: readonly SignedOrder[],
): Promise<string[]> {
  const rows = await sql.query<{ conversation_id: string }>(
    `select c.conversation_id from json_to_recordset($3::json) as o(id text, "vendorIds" json)
     join conversations c on c.site_id = $1 and c.contact_id = $2 and c.vendor_id is not null
       and c.state#>>'{about,order,id}' = o.id
     where not exists (select 1 from json_array_elements_text(o."vendorIds") as own(vendor_id)
       where own.vendor_id = c.vendor_id)
     order by c.conversation_id limit $4`,
    [siteId, contactId, JSON.stringify(orders), mostAtOnce],
  )
  return rows.map((row) => row.conversation_id)
}
