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
  const steps: TriedRules['steps'] = []
  for (const { vendor_id: vendorId, name } of vendors) {
    const cases = await loadCases(sql, siteId, vendorId, since, now)
    for (const { on, ...step } of walkPast(cases, rules, now, triedDays))
      steps.push({ vendorId, name, on: on.toISOString(), ...step })
  }
  return {
    fromAt: from.toISOString(),
    toAt: now.toISOString(),
    vendors: vendors.length,
    steps: steps.sort((one, other) => one.on.localeCompare(other.on)),
  }
}
