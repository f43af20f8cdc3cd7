import type { TrainingModuleSettings } from '@parley/shared/protocol/vendors.ts'
import type { Sql } from '../../storage/database.ts'

export type Content = Pick<TrainingModuleSettings, 'sections' | 'questions'>

export interface ModuleRow {
  module_id: string
  version: number
  title: string
  topic_id: string | null
  content: Content
  pass_percent: number
  attempts_per_day: number
  certificate_days: number
  is_published: boolean
  saved_at: Date
  saved_by: string
}

const columns = `module_id, version, title, topic_id, content, pass_percent, attempts_per_day, certificate_days,
  is_published, saved_at, saved_by`

export async function modulesOf(
  sql: Sql,
  siteId: string,
  now: Date,
): Promise<(ModuleRow & { certified: number })[]> {
  return sql.query(
    `select ${columns}, (select count(*) from training_certificates c where c.site_id = t.site_id
       and c.module_id = t.module_id and c.expires_at > $2) as certified
     from training_modules t where site_id = $1 order by topic_id nulls first, title, module_id`,
    [siteId, now],
  )
}

export async function publishedModules(sql: Sql, siteId: string): Promise<ModuleRow[]> {
  return sql.query<ModuleRow>(
    `select ${columns} from training_modules where site_id = $1 and is_published
     order by topic_id nulls first, title, module_id`,
    [siteId],
  )
}

export async function findModule(sql: Sql, siteId: string, moduleId: string): Promise<ModuleRow | undefined> {
  const [row] = await sql.query<ModuleRow>(
    `select ${columns} from training_modules where site_id = $1 and module_id = $2 for no key update`,
    [siteId, moduleId],
  )
  return row
}

export async function hasTraining(sql: Sql, siteId: string): Promise<boolean> {
  const rows = await sql.query(
    'select 1 as one from training_modules where site_id = $1 and is_published limit 1',
    [siteId],
  )
  return rows.length > 0
}

/** Each saved text is a version of its own, kept for what it was once passed for. */
export async function saveModule(sql: Sql, siteId: string, row: ModuleRow): Promise<void> {
  await sql.query(
    `insert into training_modules (site_id, module_id, version, title, topic_id, content, pass_percent,
       attempts_per_day, certificate_days, is_published, saved_at, saved_by)
     values ($1, $2, $3, $4, $5, $6::jsonb, $7, $8, $9, $10, $11, $12)
     on conflict (site_id, module_id) do update set version = excluded.version, title = excluded.title,
       topic_id = excluded.topic_id, content = excluded.content, pass_percent = excluded.pass_percent,
       attempts_per_day = excluded.attempts_per_day, certificate_days = excluded.certificate_days,
       is_published = excluded.is_published, saved_at = excluded.saved_at, saved_by = excluded.saved_by`,
    [
      siteId,
      row.module_id,
      row.version,
      row.title,
      row.topic_id,
      JSON.stringify(row.content),
      row.pass_percent,
      row.attempts_per_day,
      row.certificate_days,
      row.is_published,
      row.saved_at,
      row.saved_by,
    ],
  )
  await sql.query(
    `insert into training_versions (site_id, module_id, version, title, content, saved_at, saved_by)
     values ($1, $2, $3, $4, $5::jsonb, $6, $7) on conflict do nothing`,
    [siteId, row.module_id, row.version, row.title, JSON.stringify(row.content), row.saved_at, row.saved_by],
  )
}

/** Pictures of a text: its author's own clean uploads, or such that are a training's already. */
export async function keepPictures(
  sql: Sql,
  siteId: string,
  uploadedBy: string,
  fileIds: readonly string[],
  at: Date,
): Promise<string[]> {
  const rows = await sql.query<{ file_id: string }>(
    `update files set kept_for = 'training', sent_at = coalesce(sent_at, $4)
     where site_id = $1 and file_id = any($3::text[]) and state = 'clean' and type like 'image/%'
       and (kept_for = 'training' or (uploaded_by = $2 and sent_at is null and conversation_id is null))
     returning file_id`,
    [siteId, uploadedBy, fileIds, at],
  )
  return rows.map((row) => row.file_id)
}

export interface CertificateRow {
  module_id: string
  expires_at: Date
}

export async function certificatesOf(sql: Sql, siteId: string, memberId: string): Promise<CertificateRow[]> {
  return sql.query<CertificateRow>(
    'select module_id, expires_at from training_certificates where site_id = $1 and member_id = $2',
    [siteId, memberId],
  )
}

export async function attemptsSince(
  sql: Sql,
  siteId: string,
  memberId: string,
  since: Date,
): Promise<Map<string, number>> {
  const rows = await sql.query<{ module_id: string; count: number }>(
    `select module_id, count(*) as count from training_attempts
     where site_id = $1 and member_id = $2 and at > $3 group by module_id`,
    [siteId, memberId, since],
  )
  return new Map(rows.map((row) => [row.module_id, row.count]))
}

export async function insertAttempt(
  sql: Sql,
  siteId: string,
  attempt: {
    attemptId: string
    moduleId: string
    version: number
    memberId: string
    answers: readonly (readonly number[])[]
    percent: number
    hasPassed: boolean
    at: Date
  },
): Promise<void> {
  await sql.query(
    `insert into training_attempts (site_id, attempt_id, module_id, version, member_id, answers, percent, has_passed, at)
     values ($1, $2, $3, $4, $5, $6::jsonb, $7, $8, $9)`,
    [
      siteId,
      attempt.attemptId,
      attempt.moduleId,
      attempt.version,
      attempt.memberId,
      JSON.stringify(attempt.answers),
      attempt.percent,
      attempt.hasPassed,
      attempt.at,
    ],
  )
}

export async function giveCertificate(
  sql: Sql,
  siteId: string,
  given: {
    memberId: string
    moduleId: string
    version: number
    attemptId: string
    at: Date
    expiresAt: Date
  },
): Promise<void> {
  await sql.query(
    `insert into training_certificates (site_id, member_id, module_id, version, attempt_id, given_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (site_id, member_id, module_id) do update set version = excluded.version,
       attempt_id = excluded.attempt_id, given_at = excluded.given_at, expires_at = excluded.expires_at, told_at = null`,
    [siteId, given.memberId, given.moduleId, given.version, given.attemptId, given.at, given.expiresAt],
  )
}

/** Somebody of the vendor has passed what is asked of everybody; where nothing is, at least one topic. */
export async function isTrained(sql: Sql, siteId: string, vendorId: string, now: Date): Promise<boolean> {
  const [row] = await sql.query<{ trained: boolean }>(
    `select exists (
       select from members m where m.site_id = $1 and m.vendor_id = $2 and m.disabled_at is null
         and exists (select from training_certificates c join training_modules t using (site_id, module_id)
           where c.site_id = $1 and c.member_id = m.member_id and c.expires_at > $3 and t.is_published)
         and not exists (select from training_modules t where t.site_id = $1 and t.is_published and t.topic_id is null
           and not exists (select from training_certificates c where c.site_id = $1 and c.module_id = t.module_id
             and c.member_id = m.member_id and c.expires_at > $3))) as trained`,
    [siteId, vendorId, now],
  )
  return row?.trained === true
}

export interface OverRow {
  site_id: string
  member_id: string
  vendor_id: string
}

/** Whose certificate ran out in this time. */
export async function certificatesOver(sql: Sql, after: Date, until: Date): Promise<OverRow[]> {
  return sql.query<OverRow>(
    `select distinct c.site_id, c.member_id, m.vendor_id
     from training_certificates c join members m on m.site_id = c.site_id and m.member_id = c.member_id
     where c.expires_at > $1 and c.expires_at <= $2 and m.vendor_id is not null`,
    [after, until],
  )
}

/** Certificates that end soon, of whoever has not been told: noted as told. Half of a short one's life is soon enough. */
export async function tellEnding(
  sql: Sql,
  now: Date,
): Promise<(OverRow & { title: string; expires_at: Date })[]> {
  return sql.query(
    `update training_certificates c set told_at = $1
     from members m, training_modules t, vendors v
     where c.told_at is null and c.expires_at > $1
       and c.expires_at - least(interval '14 days', (c.expires_at - c.given_at) / 2) <= $1
       and m.site_id = c.site_id and m.member_id = c.member_id and m.disabled_at is null
       and t.site_id = c.site_id and t.module_id = c.module_id and t.is_published
       and v.site_id = m.site_id and v.vendor_id = m.vendor_id and v.is_active
     returning c.site_id, c.member_id, m.vendor_id, t.title, c.expires_at`,
    [now],
  )
}

/** What members hold that they may no longer answer. */
export async function heldWithoutTraining(
  sql: Sql,
  now: Date,
): Promise<{ conversation_id: string; member_id: string }[]> {
  return sql.query(
    `select c.conversation_id, m.member_id from conversations c
     join members m on m.site_id = c.site_id and m.member_id = coalesce(c.assignee_id, c.offered_to)
     where c.status in ('open', 'offered', 'snoozed') and m.vendor_id is not null
       and not vendor_answers(m.site_id, m.member_id, c.topic_id, $1)
     order by c.conversation_id limit 200`,
    [now],
  )
}
