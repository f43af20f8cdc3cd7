import type { StandingCase } from '@parley/shared/protocol/vendors.ts'
import type { Sql } from '../../storage/database.ts'
import { casesOf, judgedCases } from './cases-store.ts'

/** Everything a standing rests on, by vendor: what customers said and waited, and what reviewers and moderators found. */
export async function loadCases(
  sql: Sql,
  siteId: string,
  vendorIds: readonly string[] | null,
  since: Date,
  now: Date,
): Promise<Map<string, StandingCase[]>> {
  const all = [
    ...(await casesOf(sql, siteId, vendorIds, since, now)),
    ...(await judgedCases(sql, siteId, vendorIds, since)),
  ]
  const byVendor = new Map<string, StandingCase[]>()
  for (const { vendorId, ...one } of all) byVendor.set(vendorId, [...(byVendor.get(vendorId) ?? []), one])
  return byVendor
}
