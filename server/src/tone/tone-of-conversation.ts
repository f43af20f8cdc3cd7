import type { DissatisfactionTrend } from '@parley/shared/protocol/tone.ts'
import type { ConversationReads } from '../app/conversation-read.ts'
import type { Sql } from '../storage/database.ts'
import { dissatisfactionAt } from './dissatisfaction.ts'
import { dissatisfactionOf, type KeptDissatisfaction, tonesOf } from './store.ts'

const mostMessages = 500

export const toneReads: ConversationReads = {
  async viewTone({ input: { conversationId }, parts: { database, clock } }) {
    const [messages, kept] = await Promise.all([
      tonesOf(database, conversationId, mostMessages),
      dissatisfactionOf(database, [conversationId]),
    ])
    const state = kept.get(conversationId)
    const dissatisfaction = state === undefined ? null : trendOf(state, clock.now().toISOString())
    return { conversationId, dissatisfaction, messages }
  },
}

/** One statement for a page of conversations. */
export async function dissatisfactionNow(
  sql: Sql,
  conversationIds: readonly string[],
  now: Date,
): Promise<Map<string, DissatisfactionTrend>> {
  const trends = new Map<string, DissatisfactionTrend>()
  for (const [conversationId, state] of await dissatisfactionOf(sql, conversationIds)) {
    const trend = trendOf(state, now.toISOString())
    if (trend) trends.set(conversationId, trend)
  }
  return trends
}

/** Null before the customer has said anything. */
export function trendOf(state: KeptDissatisfaction, now: string): DissatisfactionTrend | null {
  const { trend, reasons, points } = state
  return points.length === 0 ? null : { estimate: dissatisfactionAt(state, now), trend, reasons, points }
}
