import type { TermRulesVersion } from '@parley/shared/protocol/terms.ts'
import type { Parts } from '../app/parts.ts'
import type { Database, Sql } from '../storage/database.ts'
import { defaultTermRules } from './default-rules.ts'
import { type TermRulesRow, termRulesOf } from './store.ts'

/** A change on another node holds here within this time; on this node at once. */
const freshMs = 3_000
const sitesKept = 500

export const initialTermRules: TermRulesVersion = { version: 0, rules: defaultTermRules, at: null, by: null }

interface Cache {
  kept: Map<string, { current: TermRulesVersion; readAt: number }>
  /** How often rules were dropped: what was read before is not kept after. */
  drops: number
}
const caches = new WeakMap<Database, Cache>()

function cacheOf({ database }: Pick<Parts, 'database'>): Cache {
  const cache: Cache = caches.get(database) ?? { kept: new Map(), drops: 0 }
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
  const kept = cache.kept.get(siteId)
  if (kept && now - kept.readAt < freshMs) return kept.current
  const { drops } = cache
  const current = await termRulesNow(parts.database, siteId)
  if (cache.drops !== drops) return current
  if (cache.kept.size >= sitesKept) cache.kept.clear()
  cache.kept.set(siteId, { current, readAt: now })
  return current
}

/** As they stand in the database, for those who change them. */
export async function termRulesNow(sql: Sql, siteId: string): Promise<TermRulesVersion> {
  const [row] = await termRulesOf(sql, siteId, { before: null, limit: 1 })
  return row ? versionOf(row) : initialTermRules
}

export function versionOf(row: TermRulesRow): TermRulesVersion {
  // What was saved before there were rooms, or a list of hosts, has their standard.
  const rules = { ...defaultTermRules, ...row.rules }
  return { version: row.version, rules, at: row.saved_at.toISOString(), by: row.saved_by }
}

export function dropTermRules(parts: Pick<Parts, 'database'>, siteId: string): void {
  const cache = cacheOf(parts)
  cache.drops += 1
  cache.kept.delete(siteId)
}
