import type { Standing, StandingVerdict } from '@parley/shared/protocol/vendors.ts'
import type { VendorState } from '@parley/shared/vendors/life-cycle.ts'
import type { Sql } from '../../storage/database.ts'

export interface StandingFacts {
  vendor_id: string
  state: VendorState
  verdict: StandingVerdict | null
  links_off: boolean
}

export async function standingRows(
  sql: Sql,
  siteId: string,
  vendorIds: readonly string[],
): Promise<StandingFacts[]> {
  return sql.query<StandingFacts>(
    `select vendor_id, state, standing->>'verdict' as verdict, links_off from vendors
     where site_id = $1 and vendor_id = any($2::text[])`,
    [siteId, vendorIds],
  )
}

export async function keepStanding(
  sql: Sql,
  siteId: string,
  vendorId: string,
  standing: Standing,
): Promise<void> {
  await sql.query('update vendors set standing = $3::jsonb where site_id = $1 and vendor_id = $2', [
    siteId,
    vendorId,
    JSON.stringify(standing),
  ])
}

/** The latest warning or restriction since the vendor last stood without one, and whether a person took it. */
export async function openCure(
  sql: Sql,
  siteId: string,
  vendorId: string,
): Promise<{ until: Date | null; isByPerson: boolean } | undefined> {
  const [row] = await sql.query<{ act: string; until: Date | null; is_by_rule: boolean }>(
    `select act, until, is_by_rule from vendor_states
     where site_id = $1 and vendor_id = $2 and act in ('warn', 'restrict', 'lift', 'readmit', 'approve')
     order by step desc limit 1`,
    [siteId, vendorId],
  )
  if (!row || (row.act !== 'warn' && row.act !== 'restrict')) return undefined
  return { until: row.until, isByPerson: !row.is_by_rule }
}

/** What is known of a vendor when its word for buyers is chosen. */
export interface ShownRecord {
  state: VendorState
  /** As the latest look found it; null before the first. */
  standing: Standing | null
  /** Warned, restricted or suspended for a time that is not over, or within the window of the figures. */
  isBlamed: boolean
  /** On probation for another reason than being new: it was restricted, suspended or had to be checked again. */
  wasHereBefore: boolean
}

export async function shownRecord(
  sql: Sql,
  siteId: string,
  vendorId: string,
  now: Date,
): Promise<ShownRecord | undefined> {
  const [row] = await sql.query<ShownRecord>(
    `select v.state, v.standing,
       exists (select from vendor_states s where s.site_id = v.site_id and s.vendor_id = v.vendor_id
         and s.act in ('warn', 'restrict', 'suspend')
         and greatest(s.until, s.at + coalesce((v.standing->>'windowDays')::int, 0) * interval '1 day') > $3
       ) as "isBlamed",
       exists (select from vendor_states s where s.site_id = v.site_id and s.vendor_id = v.vendor_id
         and s.act in ('restrict', 'suspend', 'lapse')) as "wasHereBefore"
     from vendors v where v.site_id = $1 and v.vendor_id = $2`,
    [siteId, vendorId, now],
  )
  return row
}
