import type { VendorRules, VendorRulesContent } from '@parley/shared/protocol/vendors.ts'
import type { Sql } from '../../storage/database.ts'
import { defaultRules } from './default-rules.ts'

interface RulesRow {
  rules: VendorRulesContent
  terms_version: number
  saved_at: Date
  saved_by: string
}

export async function loadRules(sql: Sql, siteId: string): Promise<VendorRules> {
  const [row] = await sql.query<RulesRow>(
    'select rules, terms_version, saved_at, saved_by from vendor_rules where site_id = $1',
    [siteId],
  )
  if (!row) return { rules: defaultRules, termsVersion: 1, savedAt: null, savedBy: null }
  return {
    rules: row.rules,
    termsVersion: row.terms_version,
    savedAt: row.saved_at.toISOString(),
    savedBy: row.saved_by,
  }
}

export async function storeRules(
  sql: Sql,
  siteId: string,
  given: { rules: VendorRulesContent; termsVersion: number; at: Date; by: string },
): Promise<void> {
  await sql.query(
    `insert into vendor_rules (site_id, rules, terms_version, saved_at, saved_by) values ($1, $2::jsonb, $3, $4, $5)
     on conflict (site_id) do update set rules = excluded.rules, terms_version = excluded.terms_version,
       saved_at = excluded.saved_at, saved_by = excluded.saved_by`,
    [siteId, JSON.stringify(given.rules), given.termsVersion, given.at, given.by],
  )
  await sql.query(
    `insert into vendor_terms (site_id, version, text, saved_at) values ($1, $2, $3, $4) on conflict do nothing`,
    [siteId, given.termsVersion, given.rules.applications.terms, given.at],
  )
}

export async function lockSite(sql: Sql, siteId: string): Promise<void> {
  await sql.query('select site_id from sites where site_id = $1 for no key update', [siteId])
}

/** Sites that weigh, admit on probation or let vendors lapse: all that have vendors. */
export async function sitesWithVendors(sql: Sql): Promise<string[]> {
  const rows = await sql.query<{ site_id: string }>('select distinct site_id from vendors order by site_id')
  return rows.map((row) => row.site_id)
}
