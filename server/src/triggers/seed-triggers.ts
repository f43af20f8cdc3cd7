import type { TriggerSettings } from '@parley/shared/protocol/triggers.ts'
import type { Rule } from '@parley/shared/triggers/rule.ts'
import type { Clock } from '../clock.ts'
import type { Sql } from '../storage/database.ts'
import { insertVersion, saveSettings, triggersOf } from './store.ts'

/** Rules to begin with; where there are any already, they stay as they are. */
export async function seedTriggers(
  sql: Sql,
  clock: Clock,
  siteId: string,
  triggers: readonly { triggerId: string; name: string; rule: Rule }[],
  settings: TriggerSettings,
): Promise<void> {
  if ((await triggersOf(sql, siteId)).length > 0) return
  await saveSettings(sql, siteId, settings)
  for (const { triggerId, name, rule } of triggers)
    await insertVersion(sql, siteId, {
      trigger_id: triggerId,
      version: 1,
      name,
      is_on: true,
      rule,
      saved_at: clock.now(),
      saved_by: 'Parley',
    })
}
