import type { VendorAct, VendorState } from '@parley/shared/vendors/life-cycle.ts'
import type { Sql } from '../../storage/database.ts'

export interface StandingRow {
  state: VendorState
  state_since: Date
  state_until: Date | null
  vetted_until: Date | null
  capacity_limit: number | null
  closed_topics: string[]
  links_off: boolean
}

/** Two people who decide about one vendor at once come one after the other. */
export async function lockState(
  sql: Sql,
  siteId: string,
  vendorId: string,
): Promise<StandingRow | undefined> {
  const [row] = await sql.query<StandingRow>(
    `select state, state_since, state_until, vetted_until, capacity_limit, closed_topics, links_off
     from vendors where site_id = $1 and vendor_id = $2 for no key update`,
    [siteId, vendorId],
  )
  return row
}

export async function setState(
  sql: Sql,
  siteId: string,
  vendorId: string,
  to: Omit<StandingRow, 'vetted_until'>,
): Promise<void> {
  await sql.query(
    `update vendors set state = $3, state_since = $4, state_until = $5, capacity_limit = $6, closed_topics = $7,
       links_off = $8
     where site_id = $1 and vendor_id = $2`,
    [
      siteId,
      vendorId,
      to.state,
      to.state_since,
      to.state_until,
      to.capacity_limit,
      to.closed_topics,
      to.links_off,
    ],
  )
}

export async function setVettedUntil(
  sql: Sql,
  siteId: string,
  vendorId: string,
  until: Date | null,
): Promise<void> {
  await sql.query('update vendors set vetted_until = $3 where site_id = $1 and vendor_id = $2', [
    siteId,
    vendorId,
    until,
  ])
}

export interface StepRow {
  at: Date
  by_id: string
  by_name: string
  is_by_rule: boolean
  act: VendorAct | 'added'
  from_state: VendorState | null
  to_state: VendorState
  why: string
  until: Date | null
  conversation_ids: string[]
}

export async function insertStep(sql: Sql, siteId: string, vendorId: string, step: StepRow): Promise<void> {
  await sql.query(
    `insert into vendor_states (site_id, vendor_id, at, by_id, by_name, is_by_rule, act, from_state, to_state, why,
       until, conversation_ids)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      siteId,
      vendorId,
      step.at,
      step.by_id,
      step.by_name,
      step.is_by_rule,
      step.act,
      step.from_state,
      step.to_state,
      step.why,
      step.until,
      step.conversation_ids,
    ],
  )
}

export async function stepsOf(sql: Sql, siteId: string, vendorId: string): Promise<StepRow[]> {
  return sql.query<StepRow>(
    `select at, by_id, by_name, is_by_rule, act, from_state, to_state, why, until, conversation_ids
     from vendor_states where site_id = $1 and vendor_id = $2 order by step`,
    [siteId, vendorId],
  )
}

export async function memberIdsOf(sql: Sql, siteId: string, vendorId: string): Promise<string[]> {
  const rows = await sql.query<{ member_id: string }>(
    'select member_id from members where site_id = $1 and vendor_id = $2',
    [siteId, vendorId],
  )
  return rows.map((row) => row.member_id)
}

export interface AccessRow {
  state: VendorState
  is_over: boolean
  answers_nothing: boolean
  closed_topics: string[]
}

/** What a vendor's member may do now; topics are those the site has. */
export async function accessOf(
  sql: Sql,
  siteId: string,
  memberId: string,
  now: Date,
): Promise<AccessRow | undefined> {
  const [row] = await sql.query<AccessRow>(
    `select v.state, coalesce(v.vetted_until <= $3, false) as is_over,
       not vendor_answers($1, $2, null, $3) as answers_nothing,
       array(select topic->>'id' from sites s, jsonb_array_elements(s.settings->'topics') topic
         where s.site_id = $1 and not vendor_answers($1, $2, topic->>'id', $3)) as closed_topics
     from members m join vendors v on v.site_id = m.site_id and v.vendor_id = m.vendor_id
     where m.site_id = $1 and m.member_id = $2`,
    [siteId, memberId, now],
  )
  return row
}

/** Conversations that are still with a vendor. */
export async function openConversationsOf(sql: Sql, siteId: string, vendorId: string): Promise<string[]> {
  const rows = await sql.query<{ conversation_id: string }>(
    `select conversation_id from conversations
     where site_id = $1 and vendor_id = $2 and status <> 'closed' order by conversation_id`,
    [siteId, vendorId],
  )
  return rows.map((row) => row.conversation_id)
}

export async function supportQueuesOf(sql: Sql, siteId: string): Promise<{ id: string; name: string }[]> {
  const rows = await sql.query<{ queue_id: string; name: string }>(
    `select queue_id, name from queues where site_id = $1 and kind = 'support' and removed_at is null order by made`,
    [siteId],
  )
  return rows.map((row) => ({ id: row.queue_id, name: row.name }))
}
