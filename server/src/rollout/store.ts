import type { RolloutRule } from '@parley/shared/protocol/rollout.ts'
import type { Feature } from '@parley/shared/rollout/features.ts'
import type { Sql } from '../storage/database.ts'
import type { Concerned } from './subjects.ts'

export interface RolloutRow {
  feature: Feature
  revision: number
  rule: RolloutRule
  changed_at: Date
  changed_by: string
}

/** The rule of each feature that is in force. */
export async function rolloutsOf(sql: Sql, siteId: string): Promise<RolloutRow[]> {
  return sql.query<RolloutRow>(
    `select distinct on (r.feature) r.feature, r.revision, r.rule, r.changed_at, coalesce(m.name, r.changed_by) as changed_by
     from rollouts r left join members m on m.site_id = r.site_id and m.member_id = r.changed_by
     where r.site_id = $1 order by r.feature, r.revision desc`,
    [siteId],
  )
}

/** Every rule a feature ever had, oldest first. */
export async function historyOf(
  sql: Sql,
  siteId: string,
  feature: Feature,
): Promise<{ rule: RolloutRule; changedAt: Date }[]> {
  return sql.query(
    `select rule, changed_at as "changedAt" from rollouts where site_id = $1 and feature = $2 order by revision`,
    [siteId, feature],
  )
}

/** False when somebody else has written that revision. */
export async function insertRollout(sql: Sql, siteId: string, row: RolloutRow): Promise<boolean> {
  const rows = await sql.query(
    `insert into rollouts (site_id, feature, revision, rule, changed_at, changed_by)
     values ($1, $2, $3, $4::jsonb, $5, $6) on conflict do nothing returning revision`,
    [siteId, row.feature, row.revision, JSON.stringify(row.rule), row.changed_at, row.changed_by],
  )
  return rows.length > 0
}

/** Until the transaction ends nobody else changes a rule of this site. */
export async function lockRollouts(sql: Sql, siteId: string): Promise<void> {
  await sql.query('select from sites where site_id = $1 for update', [siteId])
}

export async function vendorsKnown(sql: Sql, siteId: string, vendorIds: readonly string[]): Promise<number> {
  const [row] = await sql.query<{ n: number }>(
    'select count(*) as n from vendors where site_id = $1 and vendor_id = any($2::text[])',
    [siteId, vendorIds],
  )
  return row?.n ?? 0
}

interface ConcernedRow {
  conversation_id: string
  contact_id: string | null
  vendor_id: string | null
  assignee_id: string | null
  role: 'buyer' | 'vendor'
  is_verified: boolean
  room_kind: 'vendors' | 'buyers'
  room_members: string[] | null
}

const concernedColumns = `c.conversation_id, c.contact_id, c.vendor_id, c.assignee_id, c.room_members,
  c.state->'customer'->>'role' as role, (c.state->'customer'->>'isVerified')::boolean as is_verified,
  c.state->'with'->>'kind' as room_kind`

function concernedOf(row: ConcernedRow): Concerned {
  return {
    contactId: row.contact_id,
    vendorId: row.vendor_id,
    memberId: row.assignee_id,
    role: row.role,
    isVerified: row.is_verified,
    room: row.room_members && { kind: row.room_kind, memberIds: row.room_members },
  }
}

export async function concernedBy(
  sql: Sql,
  siteId: string,
  conversationIds: readonly string[],
): Promise<Map<string, Concerned>> {
  const rows = await sql.query<ConcernedRow>(
    `select ${concernedColumns} from conversations c where c.site_id = $1 and c.conversation_id = any($2::text[])`,
    [siteId, conversationIds],
  )
  return new Map(rows.map((row) => [row.conversation_id, concernedOf(row)]))
}

export interface ComparedRow {
  concerned: Concerned
  started_at: Date
  rating: number | null
  first_reply_ms: number | null
  is_flagged: boolean
}

/** What the log tells of the newest conversations since a moment: when a person first answered, and what was flagged. */
export async function conversationsSince(
  sql: Sql,
  siteId: string,
  from: Date,
  limit: number,
): Promise<ComparedRow[]> {
  const rows = await sql.query<ConcernedRow & Omit<ComparedRow, 'concerned'>>(
    `select ${concernedColumns}, c.started_at, c.rating,
       (select extract(epoch from min(e.at) - c.started_at)::float8 * 1000 from events e
         where e.conversation_id = c.conversation_id and e.type = 'messageSent' and c.room_members is null
           and e.by->>'side' in ('vendor', 'staff')) as first_reply_ms,
       exists (select from events e where e.conversation_id = c.conversation_id
         and e.type in ('messageFlagged', 'conversationReported')) as is_flagged
     from conversations c where c.site_id = $1 and c.started_at >= $2
     order by c.started_at desc limit $3`,
    [siteId, from, limit],
  )
  return rows.map((row) => ({
    concerned: concernedOf(row),
    started_at: row.started_at,
    rating: row.rating,
    first_reply_ms: row.first_reply_ms,
    is_flagged: row.is_flagged,
  }))
}
