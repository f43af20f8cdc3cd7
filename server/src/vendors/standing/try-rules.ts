import type { StandingRules, TriedRules } from '@parley/shared/protocol/vendors.ts'
import type { Sql } from '../../storage/database.ts'
import { vendorsWeighed } from './cases-store.ts'
import { loadCases } from './load-cases.ts'
import { walkPast } from './walk-past.ts'

const dayMs = 24 * 60 * 60 * 1000
const triedDays = 30

/** The past 30 days under these rules, day by day. Reads only. */
export async function tryRules(
  sql: Sql,
  siteId: string,
  rules: StandingRules,
  now: Date,
): Promise<TriedRules> {
  const from = new Date(now.getTime() - triedDays * dayMs)
  const since = new Date(from.getTime() - rules.windowDays * dayMs)
  const vendors = await vendorsWeighed(sql, siteId)
  const cases = await loadCases(sql, siteId, null, since, now)
  const steps = vendors.flatMap(({ vendor_id: vendorId, name }) =>
    walkPast(cases.get(vendorId) ?? [], rules, now, triedDays).map(({ on, act, why, conversationIds }) => ({
      vendorId,
      name,
      on: on.toISOString(),
      act,
      why,
      conversationIds,
    })),
  )
  return {
    fromAt: from.toISOString(),
    toAt: now.toISOString(),
    vendors: vendors.length,
    steps: steps.sort((one, other) => one.on.localeCompare(other.on)),
  }
}
