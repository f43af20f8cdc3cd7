import type { StandingCase } from '@parley/shared/protocol/vendors.ts'
import type { Sql } from '../../storage/database.ts'
import { casesOf, judgedCases } from './cases-store.ts'

/** Everything a vendor's standing rests on: what customers said and waited, and what reviewers and moderators found. */
export async function loadCases(
  sql: Sql,
  siteId: string,
  vendorId: string,
  since: Date,
  now: Date,
): Promise<StandingCase[]> {
  return [
    ...(await casesOf(sql, siteId, vendorId, since, now)),
    ...(await judgedCases(sql, siteId, vendorId, since)),
  ]
}
