import type { TermRulesVersion } from '@parley/shared/protocol/terms.ts'
import type { Parts } from '../app/parts.ts'
import type { Database } from '../storage/database.ts'
import { defaultTermRules } from './default-rules.ts'
import { termRulesOf } from './store.ts'

/** A change on another node holds here within this time; on this node at once. */
const freshMs = 3_000
const sitesKept = 500

export const initialTermRules: TermRulesVersion = { version: 0, rules: defaultTermRules, at: null, by: null }

type Kept = Map<string, { current: TermRulesVersion; readAt: number }>
const caches = new WeakMap<Database, Kept>()

function cacheOf({ database }: Pick<Parts, 'database'>): Kept {
  const cache: Kept = caches.get(database) ?? new Map()
  caches.set(database, cache)
  return cache
}

/** The rules in force, read before the lock: every message asks for them. */
export async function loadTermRules(
  parts: Pick<Parts, 'database' | 'clock'>,
  siteId: string,
): Promise<TermRulesVersion> {
  const cache = cacheOf(parts)
  const now = parts.clock.now().getTime()
  const kept = cache.get(siteId)
  if (kept && now - kept.readAt < freshMs) return kept.current
  const [row] = await termRulesOf(parts.database, siteId, { before: null, limit: 1 })
  const current = row
    ? { version: row.version, rules: row.rules, at: row.saved_at.toISOString(), by: row.saved_by }
    : initialTermRules
  if (cache.size >= sitesKept) cache.clear()
  cache.set(siteId, { current, readAt: now })
  return current
}

export function dropTermRules(parts: Pick<Parts, 'database'>, siteId: string): void {
  cacheOf(parts).delete(siteId)
}
