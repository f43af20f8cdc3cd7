import type { Standing, StandingRules } from '@parley/shared/protocol/vendors.ts'
import type { VendorState } from '@parley/shared/vendors/life-cycle.ts'

const dayMs = 24 * 60 * 60 * 1000

/** What the rule knows of a vendor when it looks. */
export interface Looked {
  state: VendorState
  /** Until when it has time to mend what the latest warning or restriction named; null when there is none. */
  cureUntil: Date | null
  /** A person has restricted it: a rule does not lift that. */
  isByPerson: boolean
}

export interface NextStep {
  act: 'warn' | 'restrict' | 'suspend' | 'lift'
  why: string
  untilAt: Date | null
}

/**
 * Below the first limit a warning; below the hard one, or still below after the time to mend it, a restriction; still
 * below the hard one after that, a suspension. Nothing more happens while that time runs.
 */
export function nextStep(
  looked: Looked,
  standing: Standing,
  rules: StandingRules,
  now: Date,
): NextStep | undefined {
  if (!rules.isOn) return undefined
  const { state, cureUntil } = looked
  const untilAt = new Date(now.getTime() + rules.cureDays * dayMs)
  const isRunning = cureUntil !== null && cureUntil > now
  const why = wordsFor(standing)
  if (state === 'probation' || state === 'active') {
    if (standing.verdict === 'hard') return { act: 'restrict', why, untilAt }
    if (standing.verdict === 'good' || isRunning) return undefined
    return cureUntil === null ? { act: 'warn', why, untilAt } : { act: 'restrict', why, untilAt }
  }
  if (state !== 'restricted' || isRunning || looked.isByPerson) return undefined
  if (standing.verdict === 'hard') return { act: 'suspend', why, untilAt: null }
  return standing.verdict === 'good'
    ? { act: 'lift', why: 'Every figure is within its limit again', untilAt: null }
    : undefined
}

const names = {
  rating: 'Rating',
  score: 'Review score',
  flagRate: 'Flagged conversations',
  firstReplyMinutes: 'First reply',
  nextReplyMinutes: 'Next replies',
} as const
const units = {
  rating: '',
  score: ' %',
  flagRate: ' %',
  firstReplyMinutes: ' minutes',
  nextReplyMinutes: ' minutes',
} as const

/** “Rating 3.2 of 18, limit 3.5”: the figures beyond their limit. */
function wordsFor({ figures, windowDays }: Standing): string {
  const bad = figures.filter(({ verdict }) => verdict === 'warning' || verdict === 'hard')
  const words = bad.map(({ metric, value, sample, verdict, limit }) => {
    const bound = verdict === 'hard' ? limit?.hard : limit?.warn
    return `${names[metric]} ${value}${units[metric]} from ${sample}, limit ${bound}${units[metric]}`
  })
  return `${words.join('; ')}, over ${windowDays} days`
}
