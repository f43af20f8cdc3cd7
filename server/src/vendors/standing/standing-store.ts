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
