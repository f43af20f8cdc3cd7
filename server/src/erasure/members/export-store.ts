import type { ConversationId, MemberId, VendorId } from '@parley/shared/ids.ts'
import type { MemberRole } from '@parley/shared/people.ts'
import type { EventType } from '@parley/shared/protocol/events.ts'
import type { Keyboard } from '@parley/shared/protocol/reading.ts'
import type { Sql } from '../../storage/database.ts'

export interface MemberRow {
  member_id: MemberId
  name: string
  role: MemberRole
  vendor_id: VendorId | null
  availability: 'available' | 'away'
  capacity: number
  is_invited: boolean
  disabled_at: Date | null
  queues: string[]
  email: string
  created_at: Date
  has_password: boolean
  has_totp: boolean
  has_sso: boolean
  keyboard: Keyboard
}

/** Not of somebody who has been erased: nothing is kept about them. */
export async function findMember(sql: Sql, siteId: string, memberId: string): Promise<MemberRow | undefined> {
  const [row] = await sql.query<MemberRow>(
    `select m.member_id, m.name, m.role, m.vendor_id, m.availability, m.capacity, m.is_invited, m.disabled_at,
       array(select q.name from queue_members qm
         join queues q on q.site_id = qm.site_id and q.queue_id = qm.queue_id and q.removed_at is null
         where qm.site_id = m.site_id and qm.member_id = m.member_id order by q.name) as queues,
       a.email, a.created_at, a.password_hash is not null as has_password, a.totp_secret is not null as has_totp,
       a.sso_subject is not null as has_sso, a.keyboard
     from members m join accounts a on a.account_id = m.account_id
     where m.site_id = $1 and m.member_id = $2 and m.erased_at is null`,
    [siteId, memberId],
  )
  return row
}

/** With which they work on this site: of others of theirs this site knows nothing. */
export async function sessionsOf(
  sql: Sql,
  memberId: string,
): Promise<{ created_at: Date; last_seen_at: Date; user_agent: string; is_sso: boolean }[]> {
  return sql.query(
    `select created_at, last_seen_at, user_agent, is_sso from member_sessions where member_id = $1
     order by created_at desc`,
    [memberId],
  )
}

export interface WrittenRow {
  conversation_id: ConversationId
  type: EventType
  at: Date
  text: string
  files: string[]
}

/** Everything in which they wrote words of their own, newest first. */
export async function writtenBy(
  sql: Sql,
  siteId: string,
  memberId: string,
  limit: number,
): Promise<WrittenRow[]> {
  return sql.query<WrittenRow>(
    `select conversation_id, type, at,
       coalesce(payload->>'text', payload->>'reason', payload->>'words', '') as text,
       array(select f->>'name' from jsonb_array_elements(coalesce(payload->'files', '[]')) f) as files
     from events where site_id = $1 and by->>'id' = $2 and payload ?| array['text', 'reason', 'words']
     order by at desc, conversation_id, seq desc limit $3`,
    [siteId, memberId, limit],
  )
}

export async function mentionsOf(
  sql: Sql,
  siteId: string,
  memberId: string,
): Promise<{ conversation_id: ConversationId; read_at: Date | null }[]> {
  return sql.query(
    `select conversation_id, read_at from mentions where site_id = $1 and member_id = $2
     order by conversation_id, seq`,
    [siteId, memberId],
  )
}

export async function watchesOf(
  sql: Sql,
  siteId: string,
  memberId: string,
): Promise<
  { conversation_id: ConversationId; started_at: Date; ended_at: Date | null; reason: string | null }[]
> {
  return sql.query(
    `select conversation_id, started_at, ended_at, reason from watches where site_id = $1 and member_id = $2
     order by started_at desc`,
    [siteId, memberId],
  )
}

export interface ReviewedRow {
  conversation_id: ConversationId
  score: number | null
  marks: unknown
  comments: unknown
  summary: string
  finished_at: Date | null
  dispute: string | null
  decision: string | null
}

export async function reviewsAbout(sql: Sql, siteId: string, memberId: string): Promise<ReviewedRow[]> {
  return sql.query<ReviewedRow>(
    `select conversation_id, score, marks, comments, summary, finished_at, dispute, decision from reviews
     where site_id = $1 and about_member = $2 and finished_at is not null order by finished_at desc`,
    [siteId, memberId],
  )
}

export async function certificatesOf(
  sql: Sql,
  siteId: string,
  memberId: string,
): Promise<{ title: string; version: number; given_at: Date; expires_at: Date }[]> {
  return sql.query(
    `select m.title, c.version, c.given_at, c.expires_at from training_certificates c
     join training_modules m on m.site_id = c.site_id and m.module_id = c.module_id
     where c.site_id = $1 and c.member_id = $2 order by c.given_at desc`,
    [siteId, memberId],
  )
}

export async function attemptsOf(
  sql: Sql,
  siteId: string,
  memberId: string,
): Promise<{ title: string; version: number; at: Date; percent: number; answers: unknown }[]> {
  return sql.query(
    `select m.title, t.version, t.at, t.percent, t.answers from training_attempts t
     join training_modules m on m.site_id = t.site_id and m.module_id = t.module_id
     where t.site_id = $1 and t.member_id = $2 order by t.at desc`,
    [siteId, memberId],
  )
}
