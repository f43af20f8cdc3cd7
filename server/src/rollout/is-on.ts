import type { RolloutRule } from '@parley/shared/protocol/rollout.ts'
import type { Feature } from '@parley/shared/rollout/features.ts'
import { isForAnybody } from '@parley/shared/rollout/reach.ts'
import type { Parts } from '../app/parts.ts'
import type { Database, Sql } from '../storage/database.ts'
import { groupOf, ruleByDefault, type Subject } from './decide.ts'
import { rolloutsOf } from './store.ts'

type Asking = Pick<Parts, 'database' | 'clock'>

/** A change on another node shows within this time, with or without hints between nodes; on this node at once. */
const freshMs = 3_000
const sitesKept = 500

interface Kept {
  rules: ReadonlyMap<Feature, RolloutRule>
  readAtMs: number
}
const keptOf = new WeakMap<Database, Map<string, Kept>>()

/**
 * Does this subject have the feature now? For every domain that asks; cheap enough to ask each time. Inside a transaction
 * pass its `sql`: the embedded database answers nobody else until it ends.
 */
export async function isOn(
  parts: Asking,
  siteId: string,
  feature: Feature,
  subject: Subject,
  sql: Sql = parts.database,
): Promise<boolean> {
  return (await readSwitch(parts, siteId, feature, sql))(subject)
}

/** The same where the subject is known only later. */
export async function readSwitch(
  parts: Asking,
  siteId: string,
  feature: Feature,
  sql: Sql = parts.database,
): Promise<(subject: Subject) => boolean> {
  const rule = await ruleNow(parts, siteId, feature, sql)
  return (subject) => groupOf(siteId, feature, rule, subject) === 'on'
}

/** Has anybody on the site the feature, whoever that is? */
export async function isOnForAnybody(
  parts: Asking,
  siteId: string,
  feature: Feature,
  sql: Sql = parts.database,
): Promise<boolean> {
  return isForAnybody(await ruleNow(parts, siteId, feature, sql))
}

export async function ruleNow(
  parts: Asking,
  siteId: string,
  feature: Feature,
  sql: Sql = parts.database,
): Promise<RolloutRule> {
  return (await rulesOf(parts, siteId, sql)).get(feature) ?? ruleByDefault(feature)
}

async function rulesOf(parts: Asking, siteId: string, sql: Sql): Promise<ReadonlyMap<Feature, RolloutRule>> {
  const sites = keptOf.get(parts.database) ?? new Map<string, Kept>()
  keptOf.set(parts.database, sites)
  const nowMs = parts.clock.now().getTime()
  const kept = sites.get(siteId)
  if (kept && nowMs - kept.readAtMs < freshMs) return kept.rules
  const rows = await rolloutsOf(sql, siteId)
  const rules = new Map(rows.map(({ feature, rule }) => [feature, rule]))
  // What a transaction sees may never be committed.
  if (sql === parts.database) {
    if (sites.size >= sitesKept) sites.clear()
    sites.set(siteId, { rules, readAtMs: nowMs })
  }
  return rules
}

type Listener = (siteId: string) => void
const listenersOf = new WeakMap<Database, Set<Listener>>()

/** After the commit of a change. */
export function dropRollouts(parts: Pick<Parts, 'database'>, siteId: string): void {
  forgetRollouts(parts, siteId)
  for (const listener of listenersOf.get(parts.database) ?? []) listener(siteId)
}

/** Read them anew: they were changed on another node. */
export function forgetRollouts(parts: Pick<Parts, 'database'>, siteId: string): void {
  keptOf.get(parts.database)?.delete(siteId)
}

/** Something was changed on this node. */
export function onRolloutsDropped(parts: Pick<Parts, 'database'>, listener: Listener): () => void {
  const listeners = listenersOf.get(parts.database) ?? new Set()
  listenersOf.set(parts.database, listeners)
  listeners.add(listener)
  return () => listeners.delete(listener)
}
