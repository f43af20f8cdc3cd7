import type { StandingCase, StandingMetric } from '@parley/shared/protocol/vendors.ts'
import type { Sql } from '../../storage/database.ts'

export interface VendorCase extends StandingCase {
  vendorId: string
}

interface CaseRow {
  vendor_id: string
  conversation_id: string
  metric: StandingMetric
  at: Date
  value: number
}

/**
 * Everything that standing is made of, from the log itself: ratings, and how long customers waited for the vendor's
 * first and next replies. What support answered is support's, also in a conversation that began with a vendor.
 */
export async function casesOf(
  sql: Sql,
  siteId: string,
  vendorIds: readonly string[] | null,
  since: Date,
  now: Date,
): Promise<VendorCase[]> {
  const rows = await sql.query<CaseRow>(
    `with chats as (
       select e.payload->'with'->>'vendorId' as vendor_id, e.conversation_id, c.vendor_id as is_with, c.started_at,
         c.closed_at
       from conversations c join events e on e.conversation_id = c.conversation_id and e.seq = 1
       where c.site_id = $1 and c.updated_at > $3 and e.payload->'with'->>'kind' = 'vendor'
         and ($2::text[] is null or e.payload->'with'->>'vendorId' = any($2))),
     said as (
       select k.vendor_id, e.conversation_id, e.seq, e.at, e.by->>'side' as side,
         coalesce(lag(e.by->>'side') over w, '') as side_before,
         count(*) filter (where e.by->>'side' <> 'customer') over w as answers
       from chats k join events e on e.conversation_id = k.conversation_id and e.type = 'messageSent'
       window w as (partition by e.conversation_id order by e.seq)),
     -- A turn begins with what the customer says after somebody else, and holds every answer to it.
     turned as (
       select said.*, count(*) filter (where side = 'customer' and side_before <> 'customer')
         over (partition by conversation_id order by seq) as turn
       from said),
     asked as (
       select turned.*, min(at) filter (where side = 'customer') over (partition by conversation_id, turn) as asked_at
       from turned)
     select vendor_id, conversation_id, case when answers = 1 then 'firstReplyMinutes' else 'nextReplyMinutes' end
         as metric, at, (extract(epoch from at - asked_at) / 60)::float as value
     from asked where side = 'vendor' and side_before = 'customer' and asked_at is not null and at > $3
     union all
     -- Whoever was never answered still waits, or waited until the end.
     select k.vendor_id, k.conversation_id, 'firstReplyMinutes', coalesce(k.closed_at, $4::timestamptz),
       (extract(epoch from coalesce(k.closed_at, $4::timestamptz) - k.started_at) / 60)::float
     from chats k where k.is_with = k.vendor_id and coalesce(k.closed_at, $4::timestamptz) > $3
       and not exists (select from asked a where a.conversation_id = k.conversation_id and a.side <> 'customer')
     union all
     select k.vendor_id, e.conversation_id, 'rating', e.at, (e.payload->>'stars')::float
     from chats k join events e on e.conversation_id = k.conversation_id and e.type = 'conversationRated'
     where k.is_with = k.vendor_id and e.at > $3 and not exists (select from events later
       where later.conversation_id = e.conversation_id and later.type = 'conversationRated' and later.seq > e.seq)
     order by at`,
    [siteId, vendorIds, since, now],
  )
  return rows.map(caseFrom)
}

function caseFrom(row: CaseRow): VendorCase {
  return {
    vendorId: row.vendor_id,
    conversationId: row.conversation_id,
    metric: row.metric,
    at: row.at.toISOString(),
    value: Math.round(row.value * 100) / 100,
  }
}

/** What people found who looked at conversations: scores of reviewers, and flags that stood. Empty where nobody does. */
export async function judgedCases(
  sql: Sql,
  siteId: string,
  vendorIds: readonly string[] | null,
  since: Date,
): Promise<VendorCase[]> {
  const rows = await sql.query<CaseRow>(
    `select vendor_id, conversation_id, metric, at, value::float as value from (
       select 'score' as metric, s.* from vendor_score_cases s
       union all select 'flagRate', f.* from vendor_flag_cases f) as judged
     where site_id = $1 and at > $3 and ($2::text[] is null or vendor_id = any($2)) order by at`,
    [siteId, vendorIds, since],
  )
  return rows.map(caseFrom)
}

export interface WeighedVendor {
  vendor_id: string
  name: string
}

export async function vendorsWeighed(sql: Sql, siteId: string): Promise<WeighedVendor[]> {
  return sql.query<WeighedVendor>(
    'select vendor_id, name from vendors where site_id = $1 and is_active order by name, vendor_id',
    [siteId],
  )
}
