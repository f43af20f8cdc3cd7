import type { Actor } from '@parley/shared/people.ts'
import type { Rollout, RolloutRule } from '@parley/shared/protocol/rollout.ts'
import { type Feature, featureNames } from '@parley/shared/rollout/features.ts'
import { askingMember } from '../app/asking-member.ts'
import { writeAudit } from '../app/audit.ts'
import { Refused } from '../app/refused.ts'
import type { SiteCommands, SiteContext } from '../app/site-command.ts'
import type { Sql } from '../storage/database.ts'
import { compareGroups } from './compare.ts'
import { ruleByDefault } from './decide.ts'
import { dropRollouts } from './is-on.ts'
import * as store from './store.ts'

const dayMs = 24 * 60 * 60_000

type Context = Pick<SiteContext<'killRollout'>, 'sql' | 'parts' | 'origin' | 'afterCommit'> & { actor: Actor }

/** What a domain keeps that depends on who has its feature: brought up to date in the transaction of the change. */
export type RolloutCompanion = (context: Context, before: Rollout, after: Rollout) => Promise<void>

export function rolloutCommands(companions: readonly RolloutCompanion[] = []): SiteCommands {
  return {
    async listRollouts({ actor, sql }) {
      const rollouts = await Promise.all(featureNames.map((feature) => current(sql, actor.siteId, feature)))
      return { rollouts }
    },

    async saveRollout(context) {
      const { actor, input, sql } = context
      const { feature, from } = input
      await store.lockRollouts(sql, actor.siteId)
      const before = await current(sql, actor.siteId, feature)
      if (before.revision !== from) throw new Refused('conflict', 'rollout.changed')
      const vendorIds = [...new Set(input.rule.vendorIds)]
      if ((await store.vendorsKnown(sql, actor.siteId, vendorIds)) !== vendorIds.length)
        throw new Refused('invalid', 'rollout.vendors', { field: 'rule.vendorIds' })
      return change(companions, context, before, { ...input.rule, vendorIds }, 'rollout.saved', input.reason)
    },

    async killRollout(context) {
      const { actor, input, sql } = context
      await store.lockRollouts(sql, actor.siteId)
      const before = await current(sql, actor.siteId, input.feature)
      if (before.rule.isKilled) return before
      return change(companions, context, before, { ...before.rule, isKilled: true }, 'rollout.killed')
    },

    compareRollout({ actor, input, sql, parts }) {
      const from = new Date(parts.clock.now().getTime() - input.days * dayMs)
      return compareGroups(sql, actor.siteId, input.feature, from)
    },
  }
}

async function change(
  companions: readonly RolloutCompanion[],
  context: Context,
  before: Rollout,
  rule: RolloutRule,
  action: string,
  reason?: string,
): Promise<Rollout> {
  const { actor, sql, parts, origin, afterCommit } = context
  const { feature } = before
  const isFirst = await store.insertRollout(sql, actor.siteId, {
    feature,
    revision: before.revision + 1,
    rule,
    changed_at: parts.clock.now(),
    changed_by: askingMember(actor).memberId,
  })
  if (!isFirst) throw new Refused('conflict', 'rollout.changed')
  await writeAudit(sql, actor, {
    action,
    object: `feature:${feature}`,
    reason: [inWords(rule), ...(reason === undefined ? [] : [reason])].join('; '),
    ip: origin.ip,
    before: before.rule,
    after: rule,
  })
  const after = await current(sql, actor.siteId, feature)
  for (const companion of companions) await companion(context, before, after)
  afterCommit(() => dropRollouts(parts, actor.siteId))
  return after
}

async function current(sql: Sql, siteId: string, feature: Feature): Promise<Rollout> {
  const row = (await store.rolloutsOf(sql, siteId)).find((one) => one.feature === feature)
  return {
    feature,
    rule: row?.rule ?? ruleByDefault(feature),
    revision: row?.revision ?? 0,
    changedAt: row?.changed_at.toISOString() ?? null,
    changedBy: row?.changed_by ?? null,
  }
}

function inWords({ isKilled, sharePercent, vendorIds, cohort, holdOutPercent }: RolloutRule): string {
  if (isKilled) return 'off for everybody'
  return [
    `${sharePercent} %`,
    ...(vendorIds.length === 0 ? [] : [`${vendorIds.length} vendors`]),
    ...(cohort === null ? [] : ['a cohort']),
    ...(holdOutPercent === 0 ? [] : [`${holdOutPercent} % held out`]),
  ].join(', ')
}
