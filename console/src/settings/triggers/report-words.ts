import type { TriggerCounts } from '@parley/shared/protocol/triggers.ts'
import { leastHeld, liftOf } from '@parley/shared/triggers/lift.ts'

const reasons = [
  'condition',
  'often',
  'perPage',
  'perDay',
  'cooling',
  'typing',
  'covered',
  'excluded',
  'share',
] as const
const reasonWords: Record<(typeof reasons)[number], string> = {
  condition: 'condition not met',
  often: 'had it already',
  perPage: 'page had enough',
  perDay: 'day had enough',
  cooling: 'said “Not now”',
  typing: 'was typing',
  covered: 'dialog or chat open',
  excluded: 'page left out',
  share: 'not in the share',
}

/** “Shown 40, accepted 9 (22 %), chats 6” for one rule and span of time. */
export function countsLine(counts: TriggerCounts): string {
  const { shown = 0, accepted = 0, dismissed = 0, started = 0, reached = 0 } = counts
  if (shown === 0) return 'Not shown'
  const percent = Math.round((100 * accepted) / shown)
  return [
    `Shown ${shown}`,
    `accepted ${accepted} (${percent} %)`,
    `“Not now” ${dismissed}`,
    `chats ${started}`,
    ...(reached > 0 ? [`goal ${reached}`] : []),
  ].join(', ')
}

/** Why it stayed quiet, most frequent first. */
export function quietLine(counts: TriggerCounts): string | undefined {
  const found = reasons
    .map((reason) => ({ reason, times: counts[reason] ?? 0 }))
    .filter(({ times }) => times > 0)
    .sort((one, other) => other.times - one.times)
  if (found.length === 0) return undefined
  return `Stayed quiet: ${found.map(({ reason, times }) => `${reasonWords[reason]} ${times}`).join(', ')}`
}

/** The difference that showing made, or why it cannot be told. */
export function liftLine(counts: TriggerCounts, hasHoldOut: boolean): string | undefined {
  if (!hasHoldOut) return undefined
  const { shown = 0, heldOut = 0, reached = 0, heldReached = 0, started = 0, heldStarted = 0 } = counts
  const isGoal = reached + heldReached > 0
  const lift = liftOf({
    shown,
    shownReached: isGoal ? reached : started,
    held: heldOut,
    heldReached: isGoal ? heldReached : heldStarted,
  })
  if (!lift) return `Held out ${heldOut}. The difference is told from ${leastHeld} held out on.`
  const points = (share: number) => `${share > 0 ? '+' : ''}${(share * 100).toFixed(1)}`
  const of = isGoal ? 'goals' : 'chats'
  return lift.isClear
    ? `${points(lift.difference)} points more ${of} than held out (${points(lift.low)} to ${points(lift.high)})`
    : `No clear difference in ${of} yet (${points(lift.low)} to ${points(lift.high)} points)`
}
