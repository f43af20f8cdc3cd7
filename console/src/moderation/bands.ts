import { toneNeedOf } from '@parley/shared/conversation/need.ts'
import type { BoardRow } from '@parley/shared/protocol/reading.ts'

export type Band = 'now' | 'soon' | 'steady'

/** From here on a customer is lost if nobody steps in. */
const upsetFrom = 60

/** By what has happened, never by the clock alone: nothing moves while somebody reads. */
export function bandOf({ need, waitingSince, moderation }: BoardRow): Band {
  const estimate = need.dissatisfaction?.estimate ?? 0
  if (need.score > 0 || estimate >= upsetFrom) return 'now'
  const isLookedAfter = waitingSince !== null || moderation.stage !== 'none'
  const isDoubtful = (need.ofVendor?.score ?? 0) > 0 || toneNeedOf(estimate) > 0
  return isLookedAfter || isDoubtful || need.isBlocked || need.isHolding ? 'soon' : 'steady'
}

/** The most pressing first; among equals who has waited longest. As the server orders them. */
export function byNeed(one: BoardRow, other: BoardRow): number {
  return (
    scoreOf(other) - scoreOf(one) ||
    compare(one.waitingSince ?? '~', other.waitingSince ?? '~') ||
    compare(one.conversationId, other.conversationId)
  )
}

function scoreOf({ need }: BoardRow): number {
  return need.score + toneNeedOf(need.dissatisfaction?.estimate ?? 0) + (need.ofVendor?.score ?? 0)
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}

export function inBands(rows: Iterable<BoardRow>): Record<Band, BoardRow[]> {
  const bands: Record<Band, BoardRow[]> = { now: [], soon: [], steady: [] }
  for (const row of rows) bands[bandOf(row)].push(row)
  for (const band of Object.values(bands)) band.sort(byNeed)
  return bands
}
