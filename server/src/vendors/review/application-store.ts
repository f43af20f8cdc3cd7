import type { Sql } from '../../storage/database.ts'
import { closeWays, openWays } from './applicant-ways.ts'

export interface ApplicationRow {
  vendor_id: string
  company: string
  contact_name: string
  email: string
  email_confirmed_at: Date | null
  phone: string | null
  website: string | null
  about: string
  categories: string[]
  terms_version: number
  applied_at: Date
  checked: Record<string, { by: string; at: string }>
  first_approval: { byId: string; by: string; at: string } | null
  is_erased: boolean
}

const columns = `vendor_id, company, contact_name, email, email_confirmed_at, phone, website, about, categories,
  terms_version, applied_at, checked, first_approval, token_hash = 'erased ' || vendor_id as is_erased`

export async function findApplication(
  sql: Sql,
  siteId: string,
  vendorId: string,
): Promise<ApplicationRow | undefined> {
  const [row] = await sql.query<ApplicationRow>(
    `select ${columns} from vendor_applications where site_id = $1 and vendor_id = $2`,
    [siteId, vendorId],
  )
  return row && { ...row, ...openWays(sql.seal, { siteId, vendorId }, row) }
}

/** By the browser's own token or by the newest link. */
export async function applicationByToken(
  sql: Sql,
  hash: string,
): Promise<(ApplicationRow & { site_id: string; is_link: boolean }) | undefined> {
  const [row] = await sql.query<ApplicationRow & { site_id: string; is_link: boolean }>(
    `select site_id, link_hash is not distinct from $1 as is_link, ${columns} from vendor_applications
     where token_hash = $1 or link_hash = $1`,
    [hash],
  )
  return row && { ...row, ...openWays(sql.seal, { siteId: row.site_id, vendorId: row.vendor_id }, row) }
}

export interface NewApplication {
  siteId: string
  vendorId: string
  company: string
  contactName: string
  email: string
  phone: string | null
  website: string | null
  about: string
  categories: readonly string[]
  termsVersion: number
  tokenHash: string
  at: Date
}

export async function insertApplicant(sql: Sql, given: NewApplication): Promise<void> {
  await sql.query(
    `insert into vendors (site_id, vendor_id, external_id, name, state, state_since)
     values ($1, $2, $2, $3, 'applied', $4)`,
    [given.siteId, given.vendorId, given.company, given.at],
  )
  await insertApplication(sql, given)
}

export async function insertApplication(sql: Sql, given: NewApplication): Promise<void> {
  const { email, emailDigest, phone } = closeWays(sql.seal, given, given)
  await sql.query(
    `insert into vendor_applications (site_id, vendor_id, company, contact_name, email, phone, website, about,
       categories, terms_version, applied_at, token_hash, email_digest)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      given.siteId,
      given.vendorId,
      given.company,
      given.contactName,
      email,
      phone,
      given.website,
      given.about,
      given.categories,
      given.termsVersion,
      given.at,
      given.tokenHash,
      emailDigest,
    ],
  )
}

export async function setLink(sql: Sql, siteId: string, vendorId: string, linkHash: string): Promise<void> {
  await sql.query('update vendor_applications set link_hash = $3 where site_id = $1 and vendor_id = $2', [
    siteId,
    vendorId,
    linkHash,
  ])
}

export async function confirmEmail(sql: Sql, siteId: string, vendorId: string, at: Date): Promise<void> {
  await sql.query(
    `update vendor_applications set email_confirmed_at = coalesce(email_confirmed_at, $3)
     where site_id = $1 and vendor_id = $2`,
    [siteId, vendorId, at],
  )
}

export async function setChecked(
  sql: Sql,
  siteId: string,
  vendorId: string,
  checked: ApplicationRow['checked'],
): Promise<void> {
  await sql.query(
    'update vendor_applications set checked = $3::jsonb where site_id = $1 and vendor_id = $2',
    [siteId, vendorId, JSON.stringify(checked)],
  )
}

export async function setFirstApproval(
  sql: Sql,
  siteId: string,
  vendorId: string,
  approval: ApplicationRow['first_approval'],
): Promise<void> {
  await sql.query(
    'update vendor_applications set first_approval = $3::jsonb where site_id = $1 and vendor_id = $2',
    [siteId, vendorId, approval === null ? null : JSON.stringify(approval)],
  )
}

/** Letters to one address in a day are few, whoever asks for them. */
export async function appliedSince(
  sql: Sql,
  siteId: string,
  email: string,
  since: Date,
): Promise<{ byEmail: number; all: number }> {
  const [row] = await sql.query<{ by_email: number; all: number }>(
    `select count(*) filter (where email = $2 or email_digest = any($4::text[])) as by_email, count(*) as all from vendor_applications
     where site_id = $1 and applied_at > $3`,
    [siteId, email, since, sql.seal.digestsOf(siteId, email)],
  )
  return { byEmail: row?.by_email ?? 0, all: row?.all ?? 0 }
}

export interface WordRow {
  at: Date
  side: 'staff' | 'applicant'
  by_name: string
  text: string
}

export async function wordsOf(sql: Sql, siteId: string, vendorId: string): Promise<WordRow[]> {
  return sql.query<WordRow>(
    `select at, side, by_name, text from vendor_words where site_id = $1 and vendor_id = $2 order by word_id`,
    [siteId, vendorId],
  )
}

export async function insertWord(sql: Sql, siteId: string, vendorId: string, word: WordRow): Promise<void> {
  await sql.query(
    'insert into vendor_words (site_id, vendor_id, at, side, by_name, text) values ($1, $2, $3, $4, $5, $6)',
    [siteId, vendorId, word.at, word.side, word.by_name, word.text],
  )
}

/** Admitted for the first time: a name in the marketplace's own words, and a queue that its people serve. */
export async function openVendor(
  sql: Sql,
  siteId: string,
  given: { vendorId: string; externalId: string; queueId: string },
): Promise<void> {
  await sql.query('update vendors set external_id = $3 where site_id = $1 and vendor_id = $2', [
    siteId,
    given.vendorId,
    given.externalId,
  ])
  await sql.query(
    `insert into queues (site_id, queue_id, name, kind, vendor_id)
     select site_id, $3, name, 'vendor', vendor_id from vendors v where site_id = $1 and vendor_id = $2
       and not exists (select from queues q where q.site_id = v.site_id and q.vendor_id = v.vendor_id
         and q.removed_at is null)`,
    [siteId, given.vendorId, given.queueId],
  )
}
