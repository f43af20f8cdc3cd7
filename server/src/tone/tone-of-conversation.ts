import type { DissatisfactionTrend } from '@parley/shared/protocol/tone.ts'
import type { ConversationReads } from '../app/conversation-read.ts'
import type { Parts } from '../app/parts.ts'
import { isOnIn, onAmong } from '../rollout/index.ts'
import type { Sql } from '../storage/database.ts'
import { dissatisfactionAt } from './dissatisfaction.ts'
import { dissatisfactionOf, type KeptDissatisfaction, meanTones, tonesOf } from './store.ts'

const mostMessages = 500

export const toneReads: ConversationReads = {
  async viewTone({ input: { conversationId }, held, parts }) {
    if (!(await isOnIn(parts, held.siteId, 'tone', held.conversation)))
      return { conversationId, dissatisfaction: null, messages: [], isOff: true }
    const { database, clock } = parts
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
  parts: Parts,
  sql: Sql,
  siteId: string,
  conversationIds: readonly string[],
): Promise<Map<string, DissatisfactionTrend>> {
  const trends = new Map<string, DissatisfactionTrend>()
  const on = await onAmong(parts, siteId, 'tone', conversationIds, sql)
  const now = parts.clock.now().toISOString()
  for (const [conversationId, state] of await dissatisfactionOf(sql, [...on])) {
    const trend = trendOf(state, now)
    if (trend) trends.set(conversationId, trend)
  }
  return trends
}

/** Mean tone of the customer's messages, where tone is on. */
export function meanTonesNow(parts: Parts) {
  return async (sql: Sql, siteId: string, conversationIds: readonly string[]) => {
    const on = await onAmong(parts, siteId, 'tone', conversationIds, sql)
    return meanTones(sql, siteId, [...on])
  }
}

/** Null before the customer has said anything. */
export function trendOf(state: KeptDissatisfaction, now: string): DissatisfactionTrend | null {
  const { trend, reasons, points } = state
  return points.length === 0 ? null : { estimate: dissatisfactionAt(state, now), trend, reasons, points }
}
