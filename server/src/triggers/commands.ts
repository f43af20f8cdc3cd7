import { isDeepStrictEqual } from 'node:util'
import { authorOf } from '@parley/shared/people.ts'
import type { Trigger, TriggerSettings } from '@parley/shared/protocol/triggers.ts'
import type { Rule } from '@parley/shared/triggers/rule.ts'
import { writeAudit } from '../app/audit.ts'
import { Refused } from '../app/refused.ts'
import type { SiteCommands, SiteContext } from '../app/site-command.ts'
import { dropSite } from '../sites/index.ts'
import { readReport } from './report.ts'
import { settingsFor } from './rules-of.ts'
import * as store from './store.ts'
import { readYaml, writeYaml } from './yaml-file.ts'

/** More than anybody can keep apart, and than a page should be sent. */
const mostTriggers = 60

type Changing = Pick<SiteContext<'saveTrigger'>, 'actor' | 'sql' | 'parts' | 'origin'>

/** `weigh` tells what the file of a site weighs: the widget's build knows. */
export function triggerCommands(weigh: (siteId: string) => Promise<number | null>): SiteCommands {
  return {
    async listTriggers({ actor, sql }) {
      const bytes = await weigh(actor.siteId)
      return {
        triggers: (await store.triggersOf(sql, actor.siteId)).map(triggerOf),
        settings: await settingsFor(sql, actor.siteId),
        file: bytes === null ? null : { bytes, limit: 3_072 },
      }
    },

    async listTriggerVersions({ actor, input, sql }) {
      const rows = await store.versionsOf(sql, actor.siteId, input.triggerId)
      if (rows.length === 0) throw new Refused('notFound', 'trigger.unknown')
      return { versions: rows.map(triggerOf).map(({ triggerId: _same, ...version }) => version) }
    },

    readTriggerReport: readReport,

    async exportTriggers({ actor, sql }) {
      const rows = await store.triggersOf(sql, actor.siteId)
      return { yaml: writeYaml(await settingsFor(sql, actor.siteId), rows.map(triggerOf)) }
    },

    async saveTrigger(context) {
      const { actor, input, sql, afterCommit, parts } = context
      const { siteId } = actor
      const count = await store.lockTriggers(sql, siteId)
      const before =
        input.triggerId === null ? undefined : await store.triggerById(sql, siteId, input.triggerId)
      if (input.triggerId !== null && !before) throw new Refused('notFound', 'trigger.unknown')
      if (before && before.version !== input.version) throw new Refused('conflict', 'trigger.changed')
      if (!before && count >= mostTriggers) throw new Refused('conflict', 'trigger.many')
      const saved = await keep(context, before, input)
      afterCommit(() => dropSite(parts, siteId))
      return triggerOf(saved)
    },

    async removeTrigger({ actor, input, sql, parts, origin, afterCommit }) {
      const { siteId } = actor
      if (!(await store.deleteTrigger(sql, siteId, input.triggerId)))
        throw new Refused('notFound', 'trigger.unknown')
      await writeAudit(sql, actor, {
        action: 'trigger.removed',
        object: `trigger:${input.triggerId}`,
        ip: origin.ip,
      })
      afterCommit(() => dropSite(parts, siteId))
      return {}
    },

    async orderTriggers({ actor, input, sql, parts, origin, afterCommit }) {
      const { siteId } = actor
      await store.lockTriggers(sql, siteId)
      const known = (await store.triggersOf(sql, siteId)).map((row) => row.trigger_id)
      if (!isDeepStrictEqual([...known].sort(), [...input.triggerIds].sort()))
        throw new Refused('conflict', 'trigger.changed')
      await store.setPlaces(sql, siteId, input.triggerIds)
      await writeAudit(sql, actor, {
        action: 'trigger.ordered',
        object: `site:${siteId}`,
        ip: origin.ip,
      })
      afterCommit(() => dropSite(parts, siteId))
      return {}
    },

    async saveTriggerSettings(context) {
      const { actor, input, sql, parts, afterCommit } = context
      await keepSettings(context, input.settings)
      afterCommit(() => dropSite(parts, actor.siteId))
      return settingsFor(sql, actor.siteId)
    },

    async importTriggers(context) {
      const { actor, input, sql, parts, afterCommit } = context
      const { siteId } = actor
      const file = readYaml(input.yaml)
      await store.lockTriggers(sql, siteId)
      const there = await store.triggersOf(sql, siteId)
      const done = { added: [] as string[], changed: [] as string[], unchanged: [] as string[] }
      for (const wanted of file.triggers) {
        const { name, isOn, rule } = wanted
        const before = there.find((row) => row.name === name)
        if (before && before.is_on === isOn && isDeepStrictEqual(before.rule, rule)) done.unchanged.push(name)
        else {
          await keep(context, before, { name, isOn, rule })
          done[before ? 'changed' : 'added'].push(name)
        }
      }
      if (there.length + done.added.length > mostTriggers) throw new Refused('conflict', 'trigger.many')
      if (file.settings)
        await keepSettings(context, {
          ...(await settingsFor(sql, siteId)),
          ...file.settings,
        } as TriggerSettings)
      afterCommit(() => dropSite(parts, siteId))
      return done
    },
  }
}

async function keep(
  { actor, sql, parts, origin }: Changing,
  before: store.TriggerRow | undefined,
  { name, isOn, rule }: { name: string; isOn: boolean; rule: Rule },
): Promise<store.TriggerRow> {
  const row: store.TriggerRow = {
    trigger_id: before?.trigger_id ?? parts.random.id('trg'),
    version: (before?.version ?? 0) + 1,
    name,
    is_on: isOn,
    rule,
    saved_at: parts.clock.now(),
    saved_by: authorOf(actor).name,
  }
  await store.insertVersion(sql, actor.siteId, row)
  await writeAudit(sql, actor, {
    action: before ? 'trigger.saved' : 'trigger.added',
    object: `trigger:${row.trigger_id}`,
    reason: `version ${row.version}, ${isOn ? 'on' : 'off'}`,
    ip: origin.ip,
  })
  return row
}

async function keepSettings({ actor, sql, origin }: Changing, settings: TriggerSettings): Promise<void> {
  await store.saveSettings(sql, actor.siteId, settings)
  await writeAudit(sql, actor, {
    action: 'trigger.settingsSaved',
    object: `site:${actor.siteId}`,
    ip: origin.ip,
  })
}

function triggerOf(row: store.TriggerRow): Trigger {
  return {
    triggerId: row.trigger_id,
    name: row.name,
    isOn: row.is_on,
    rule: row.rule,
    version: row.version,
    savedAt: row.saved_at.toISOString(),
    savedBy: row.saved_by,
  }
}
