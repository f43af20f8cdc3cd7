import { defaultTriggerSettings, type TriggerSettings } from '@parley/shared/protocol/triggers.ts'
import type { Condition, LiveRule, RulesFile } from '@parley/shared/triggers/rule.ts'
import type { Parts } from '../app/parts.ts'
import type { Site } from '../sites/index.ts'
import type { Sql } from '../storage/database.ts'
import * as store from './store.ts'

/** What a page may know of its site's triggers. */
export interface LiveTriggers {
  rules: LiveRule[]
  settings: TriggerSettings
}

export async function settingsFor(sql: Sql, siteId: string): Promise<TriggerSettings> {
  return { ...defaultTriggerSettings, ...(await store.settingsOf(sql, siteId)) }
}

export async function liveTriggers(sql: Sql, siteId: string): Promise<LiveTriggers> {
  const settings = await settingsFor(sql, siteId)
  const rows = await store.triggersOf(sql, siteId)
  const rules = rows
    .filter((row) => row.is_on)
    .map((row) => ({ id: row.trigger_id, ...inPlace(row.rule, settings) }))
  return { rules, settings }
}

/** Segments are written out: the page knows nothing of them. */
function inPlace(rule: Omit<LiveRule, 'id'>, { segments }: TriggerSettings): Omit<LiveRule, 'id'> {
  const put = (condition: Condition): Condition => {
    if ('all' in condition) return { all: condition.all.map(put) }
    if ('any' in condition) return { any: condition.any.map(put) }
    if ('not' in condition) return { not: put(condition.not) }
    if (!('segment' in condition)) return condition
    return (segments.find((one) => one.id === condition.segment)?.if as Condition | undefined) ?? condition
  }
  return rule.if ? { ...rule, if: put(rule.if) } : rule
}

export function rulesFile(
  parts: Pick<Parts, 'config'>,
  site: Pick<Site, 'siteKey'>,
  { rules, settings }: LiveTriggers,
): RulesFile {
  const { perPage, perDay, quietHours, excluded, measure } = settings
  return {
    key: site.siteKey,
    origin: new URL(parts.config.publicUrl).origin,
    perPage,
    perDay,
    quietHours,
    excluded,
    measure,
    rules,
  }
}
