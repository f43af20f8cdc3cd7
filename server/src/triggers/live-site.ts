import type { RulesFile } from '@parley/shared/triggers/rule.ts'
import type { Parts } from '../app/parts.ts'
import { findSite, loadSite, type Site } from '../sites/index.ts'
import { type LiveTriggers, liveTriggers, rulesFile } from './rules-of.ts'

export interface LiveSite {
  /** Absent while no rule is on. */
  file: RulesFile | undefined
  neverOn: string[]
  waitsForConsent: boolean
}

// As long as the site itself is remembered: whoever changes its triggers drops the site.
const kept = new WeakMap<Site, Promise<LiveTriggers>>()

/** What the pages of a site are sent of its triggers; nothing for an unknown key and for a disabled site alike. */
export async function findLive(
  parts: Parts,
  by: { siteKey: string } | { siteId: string },
): Promise<LiveSite | undefined> {
  const site = 'siteKey' in by ? await findSite(parts, by.siteKey) : await loadSite(parts, by.siteId)
  if (!site?.isEnabled) return
  const reading = kept.get(site) ?? liveTriggers(parts.database, site.siteId)
  kept.set(site, reading)
  reading.catch(() => kept.delete(site))
  const live = await reading
  return {
    file: live.rules.length > 0 ? rulesFile(parts, site, live) : undefined,
    neverOn: live.settings.neverOn,
    waitsForConsent: live.settings.waitsForConsent,
  }
}
