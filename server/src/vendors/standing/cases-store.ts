import type { StandingCase, StandingMetric } from '@parley/shared/protocol/vendors.ts'
import type { Sql } from '../../storage/database.ts'

interface CaseRow {
  conversation_id: string
  metric: StandingMetric
  at: Date
  value: number
}

/**
 * What standing is made of, from the log itself: ratings, and how long customers waited for the vendor's first and next
 * replies. What support answered is support's, also in a conversation that began with a vendor.
 */
export async function casesOf(
  sql: Sql,
  siteId: string,
  vendorId: string,
  since: Date,
  now: Date,
): Promise<StandingCase[]> {
  const rows = await sql.query<CaseRow>(
    `with chats as (
       select e.conversation_id, c.vendor_id = $2 as is_with, c.rating is not null as is_rated, c.started_at, c.closed_at
       from events e join conversations c on c.conversation_id = e.conversation_id
       where e.site_id = $1 and e.seq = 1 and e.payload->'with'->>'vendorId' = $2 and c.updated_at > $3),
     said as (
       select e.conversation_id, e.seq, e.at, e.by->>'side' as side,
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
     select conversation_id, case when answers = 1 then 'firstReplyMinutes' else 'nextReplyMinutes' end
         as metric, at, (extract(epoch from at - asked_at) / 60)::float as value
     from asked where side = 'vendor' and side_before = 'customer' and asked_at is not null and at > $3
     union all
     -- Whoever was never answered still waits, or waited until the end.
     select k.conversation_id, 'firstReplyMinutes', coalesce(k.closed_at, $4::timestamptz),
       (extract(epoch from coalesce(k.closed_at, $4::timestamptz) - k.started_at) / 60)::float
     from chats k where k.is_with and coalesce(k.closed_at, $4::timestamptz) > $3
       and not exists (select from asked a where a.conversation_id = k.conversation_id and a.side <> 'customer')
     union all
     select e.conversation_id, 'rating', e.at, (e.payload->>'stars')::float
     from chats k join events e on e.conversation_id = k.conversation_id and e.type = 'conversationRated'
     where k.is_with and k.is_rated and e.at > $3 and not exists (select from events later
       where later.conversation_id = e.conversation_id and later.type = 'conversationRated' and later.seq > e.seq)
     order by at`,
    [siteId, vendorId, since, now],
  )
  return rows.map(caseFrom)
}

function caseFrom(row: CaseRow): StandingCase {
  return {
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
  vendorId: string,
  since: Date,
): Promise<StandingCase[]> {
  const rows = await sql.query<CaseRow>(
    `with own as materialized (
       select conversation_id from conversations
       where site_id = $1 and vendor_id = $2 and started_at > $3 and status <> 'closed'
       union all
       -- What began in the window was not closed before it, and closings have an index.
       select conversation_id from conversations
       where site_id = $1 and vendor_id = $2 and started_at > $3 and status = 'closed' and closed_at > $3)
     select conversation_id, 'score' as metric, at, value::float as value from vendor_score_cases
     where site_id = $1 and vendor_id = $2 and at > $3
     union all
     -- One conversation at a time: all of them together are found by reading every event there is.
     select conversation_id, 'flagRate', flagged.at, flagged.value::float
     from own cross join lateral (
       select f.at, f.value from vendor_flag_cases f where f.conversation_id = own.conversation_id offset 0) flagged
     order by at`,
    [siteId, vendorId, since],
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
