import { countNames, launcherCounts } from '@parley/shared/protocol/triggers.ts'
import { z } from 'zod'
import type { Parts } from '../app/parts.ts'
import { findSite } from '../sites/index.ts'
import { dayOf } from './report.ts'
import { settingsFor } from './rules-of.ts'
import { addCounts, triggersOf } from './store.ts'

/** What a page may have counted at most since it was last told: anything above is made up. */
const mostTimes = 1_000

const entry = z.union([
  z.tuple([z.string().min(1).max(80), z.enum(countNames), z.int().min(1).max(mostTimes)]),
  z.tuple([z.literal(''), z.enum(launcherCounts), z.int().min(1).max(mostTimes)]),
])
const batch = z.array(entry).min(1).max(120)

/** Adds what one page counted. Nothing in it says who or where; what is not of this site is left out. */
export async function noteCounts(
  parts: Parts,
  siteKey: string,
  text: string,
  asksForPrivacy: boolean,
): Promise<boolean> {
  const parsed = batch.safeParse(fromJson(text))
  if (!parsed.success) return false
  const site = await findSite(parts, siteKey)
  if (!site?.isEnabled) return false
  const { measure } = await settingsFor(parts.database, site.siteId)
  if (measure === 'off' || (measure === 'unlessAsked' && asksForPrivacy)) return true
  const known = new Set((await triggersOf(parts.database, site.siteId)).map((row) => row.trigger_id)).add('')
  const sums = new Map<string, { trigger_id: string; name: string; times: number }>()
  for (const [trigger_id, name, times] of parsed.data) {
    if (!known.has(trigger_id)) continue
    const key = `${trigger_id} ${name}`
    const before = sums.get(key)?.times ?? 0
    sums.set(key, { trigger_id, name, times: Math.min(before + times, mostTimes) })
  }
  if (sums.size > 0)
    await addCounts(parts.database, site.siteId, dayOf(parts.clock.now()), [...sums.values()])
  return true
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
