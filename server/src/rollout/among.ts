import type { Conversation } from '@parley/shared/conversation/conversation.ts'
import type { RolloutRule } from '@parley/shared/protocol/rollout.ts'
import type { Feature } from '@parley/shared/rollout/features.ts'
import { isForAnybody, isForEverybody } from '@parley/shared/rollout/reach.ts'
import type { Parts } from '../app/parts.ts'
import type { Sql } from '../storage/database.ts'
import { ruleNow } from './is-on.ts'
import { concernedBy } from './store.ts'
import { concernedIn, groupIn } from './subjects.ts'

/** Is the feature on in this conversation now? */
export async function isOnIn(
  parts: Pick<Parts, 'database' | 'clock'>,
  siteId: string,
  feature: Feature,
  conversation: Conversation,
  sql: Sql = parts.database,
): Promise<boolean> {
  const rule = await ruleNow(parts, siteId, feature, sql)
  return groupIn(siteId, feature, rule, concernedIn(conversation)) === 'on'
}

/** In which of these conversations of one site it is on now. */
export async function onAmong(
  parts: Pick<Parts, 'database' | 'clock'>,
  siteId: string,
  feature: Feature,
  conversationIds: readonly string[],
  sql: Sql = parts.database,
): Promise<ReadonlySet<string>> {
  return onUnder(sql, siteId, feature, await ruleNow(parts, siteId, feature, sql), conversationIds)
}

/** The same under a given rule; where it makes no difference to anybody, nothing is read. */
export async function onUnder(
  sql: Sql,
  siteId: string,
  feature: Feature,
  rule: RolloutRule,
  conversationIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (!isForAnybody(rule)) return new Set()
  if (isForEverybody(rule)) return new Set(conversationIds)
  const concerned = await concernedBy(sql, siteId, conversationIds)
  return new Set(
    conversationIds.filter((id) => {
      const one = concerned.get(id)
      return one !== undefined && groupIn(siteId, feature, rule, one) === 'on'
    }),
  )
}
