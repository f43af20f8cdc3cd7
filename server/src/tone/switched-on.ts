import { toneNeedOf } from '@parley/shared/conversation/need.ts'
import type { Parts } from '../app/parts.ts'
import { onAmong, onUnder, type RolloutCompanion } from '../rollout/index.ts'
import { keptOfOpen, setNeeds } from './store.ts'

/** Open screens are told of the newest; the others learn of it when they ask. */
const mostTold = 1_000

/** What is not read keeps its place: once it is on there, the next message is read together with what came before. */
export async function whereToneIsOn<T extends { siteId: string; conversationId: string }>(
  parts: Parts,
  unread: readonly T[],
): Promise<T[]> {
  const on = new Set<string>()
  for (const siteId of new Set(unread.map((one) => one.siteId))) {
    const ids = unread.filter((one) => one.siteId === siteId).map((one) => one.conversationId)
    for (const id of await onAmong(parts, siteId, 'tone', ids)) on.add(id)
  }
  return unread.filter(({ conversationId }) => on.has(conversationId))
}

/** The board is ordered by a number that is kept: it follows the roll-out in the transaction of its change. */
export function toneCompanion(
  tellOff: (siteId: string, conversationIds: readonly string[]) => void,
): RolloutCompanion {
  return async ({ actor: { siteId }, sql, afterCommit }, before, { feature, rule }) => {
    if (feature !== 'tone') return
    const kept = await keptOfOpen(sql, siteId)
    const ids = kept.map(({ conversationId }) => conversationId)
    const on = await onUnder(sql, siteId, feature, rule, ids)
    await setNeeds(
      sql,
      kept.map(({ conversationId, estimate }) => ({
        conversationId,
        need: on.has(conversationId) ? toneNeedOf(estimate) : 0,
      })),
    )
    const was = await onUnder(sql, siteId, feature, before.rule, ids)
    const off = ids.filter((id) => was.has(id) && !on.has(id))
    afterCommit(() => tellOff(siteId, off.slice(0, mostTold)))
  }
}
