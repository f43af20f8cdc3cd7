import type { Comparison, GroupFigures, RolloutGroup, RolloutRule } from '@parley/shared/protocol/rollout.ts'
import type { Feature } from '@parley/shared/rollout/features.ts'
import type { Sql } from '../storage/database.ts'
import { ruleByDefault } from './decide.ts'
import { type ComparedRow, conversationsSince, historyOf } from './store.ts'
import { groupIn } from './subjects.ts'

const mostConversations = 20_000
const groups: readonly RolloutGroup[] = ['on', 'heldOut', 'off']

/** Each conversation counts in the group its customer or vendor was in when it began, under the rule of that moment. */
export async function compareGroups(
  sql: Sql,
  siteId: string,
  feature: Feature,
  from: Date,
): Promise<Comparison> {
  const history = await historyOf(sql, siteId, feature)
  const rows = await conversationsSince(sql, siteId, from, mostConversations + 1)
  const byGroup = new Map<RolloutGroup, ComparedRow[]>(groups.map((group) => [group, []]))
  for (const row of rows.slice(0, mostConversations)) {
    const { room } = row.concerned
    // Only who has rooms has any: they count where it is asked what rooms do, for what was flagged in them.
    if (room && feature !== `rooms.${room.kind}`) continue
    const rule = ruleAt(history, row.started_at) ?? ruleByDefault(feature)
    const group = room ? 'on' : groupIn(siteId, feature, rule, row.concerned)
    byGroup.get(group)?.push(row)
  }
  return {
    feature,
    from: from.toISOString(),
    groups: groups.map((group) => figuresOf(group, byGroup.get(group) ?? [])),
    isCut: rows.length > mostConversations,
  }
}

function ruleAt(
  history: readonly { rule: RolloutRule; changedAt: Date }[],
  at: Date,
): RolloutRule | undefined {
  return history.findLast(({ changedAt }) => changedAt <= at)?.rule
}

function figuresOf(group: RolloutGroup, rows: readonly ComparedRow[]): GroupFigures {
  const stars = rows.map(({ rating }) => rating).filter((rating) => rating !== null)
  const replies = rows.map((row) => row.first_reply_ms).filter((ms) => ms !== null)
  return {
    group,
    conversations: rows.length,
    rated: stars.length,
    rating: stars.length === 0 ? null : stars.reduce((sum, one) => sum + one, 0) / stars.length,
    answered: replies.length,
    firstReplyMs: medianOf(replies),
    flagged: rows.filter((row) => row.is_flagged).length,
  }
}

function medianOf(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length / 2
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]]
  return low === undefined || high === undefined ? null : Math.round((low + high) / 2)
}
