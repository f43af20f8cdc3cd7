import { isDeepStrictEqual } from 'node:util'
import { authorOf } from '@parley/shared/people.ts'
import type { StandingRules, VendorRulesContent } from '@parley/shared/protocol/vendors.ts'
import { writeAudit } from '../../app/audit.ts'
import { Refused } from '../../app/refused.ts'
import type { SiteCommands } from '../../app/site-command.ts'
import { sanitizeMarkup } from '../../sites/index.ts'
import { tryRules } from '../standing/try-rules.ts'
import { weighSoon } from '../weigh-soon.ts'
import { loadRules, lockSite, storeRules } from './rules-store.ts'

export const rulesCommands: SiteCommands = {
  async viewVendorRules({ actor, sql }) {
    return loadRules(sql, actor.siteId)
  },

  async saveVendorRules({ actor, input, sql, parts, origin }) {
    const { siteId } = actor
    await lockSite(sql, siteId)
    const before = await loadRules(sql, siteId)
    const rules = checkRules(input.rules)
    const isNewText = before.rules.applications.terms !== rules.applications.terms
    const termsVersion = before.savedAt === null || !isNewText ? before.termsVersion : before.termsVersion + 1
    await storeRules(sql, siteId, {
      rules,
      termsVersion,
      at: parts.clock.now(),
      by: authorOf(actor).name,
    })
    const names = Object.keys(rules) as (keyof VendorRulesContent)[]
    const changed = names.filter((name) => !isDeepStrictEqual(rules[name], before.rules[name]))
    await writeAudit(sql, actor, {
      action: 'vendorRules.saved',
      object: `site:${siteId}`,
      reason: changed.join(', ') || 'nothing',
      ip: origin.ip,
    })
    await weighSoon(parts, sql)
    return loadRules(sql, siteId)
  },

  async tryVendorRules({ actor, input, sql, parts }) {
    checkLimits(input.standing)
    return tryRules(sql, actor.siteId, input.standing, parts.clock.now())
  },
}

function checkRules(rules: VendorRulesContent): VendorRulesContent {
  checkLimits(rules.standing)
  const { applications } = rules
  for (const name of ['documents', 'checklist'] as const) {
    const ids = applications[name].map(({ id }) => id)
    const twice = ids.findIndex((id, at) => ids.indexOf(id) !== at)
    if (twice >= 0)
      throw new Refused('invalid', 'rules.twice', { field: `rules.applications.${name}.${twice}.id` })
  }
  return { ...rules, applications: { ...applications, terms: sanitizeMarkup(applications.terms) } }
}

/** The hard limit lies beyond the one that warns: below it for what should be high, above it for what should be low. */
function checkLimits({ limits }: StandingRules): void {
  for (const [metric, limit] of Object.entries(limits)) {
    if (limit === null) continue
    const isHigh = metric === 'rating' || metric === 'score'
    if (isHigh ? limit.hard > limit.warn : limit.hard < limit.warn)
      throw new Refused('invalid', 'rules.limits', { field: `standing.limits.${metric}` })
  }
}
