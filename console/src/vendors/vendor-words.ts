import type { Figure, StandingMetric, StandingVerdict, VendorStep } from '@parley/shared/protocol/vendors.ts'
import type { VendorState } from '@parley/shared/vendors/life-cycle.ts'

export const stateTones: Record<VendorState, 'plain' | 'good' | 'warn' | 'bad'> = {
  applied: 'warn',
  underReview: 'warn',
  training: 'plain',
  probation: 'plain',
  active: 'good',
  restricted: 'bad',
  suspended: 'bad',
  refused: 'plain',
}

export const verdictWords: Record<StandingVerdict, string> = {
  good: 'Within limits',
  warning: 'Below the first limit',
  hard: 'Below the hard limit',
}
export const verdictTones: Record<StandingVerdict, 'good' | 'warn' | 'bad'> = {
  good: 'good',
  warning: 'warn',
  hard: 'bad',
}

/** How a vendor came to be one: by its own application, or because somebody added it. */
export function stepName({ act, to }: Pick<VendorStep, 'act' | 'to'>): string {
  return act === 'added' && to === 'applied' ? 'Applied' : actWords[act]
}

export const actWords: Record<VendorStep['act'], string> = {
  added: 'Added',
  startReview: 'Review started',
  askForMore: 'Asked for more',
  approve: 'Approved',
  refuse: 'Refused',
  applyAgain: 'Applied again',
  passTraining: 'Training passed',
  endProbation: 'Probation ended',
  warn: 'Warned',
  restrict: 'Restricted',
  lift: 'Restriction lifted',
  suspend: 'Suspended',
  appeal: 'Appealed',
  keep: 'Appeal refused',
  readmit: 'Readmitted',
  lapse: 'Checks ran out',
}

export const metricWords: Record<StandingMetric, string> = {
  rating: 'Buyers’ rating',
  score: 'Reviewers’ score',
  flagRate: 'Flagged conversations',
  firstReplyMinutes: 'First reply',
  nextReplyMinutes: 'Next replies',
}

/** How a figure is worked out, in a line; the whole of it stands in docs/vendors.md. */
export const metricFormulas: Record<StandingMetric, string> = {
  rating: 'Mean of the stars buyers gave',
  score: 'Mean of the reviewers’ scores',
  flagRate: 'Share of its conversations with a flag or report that was confirmed',
  firstReplyMinutes: 'Median wait for the first reply; who was never answered counts until now',
  nextReplyMinutes: 'Median wait for each later reply',
}

export function metricValue(metric: StandingMetric, value: number): string {
  switch (metric) {
    case 'rating':
      return value.toFixed(1)
    case 'score':
    case 'flagRate':
      return `${Math.round(value * 10) / 10} %`
    case 'firstReplyMinutes':
    case 'nextReplyMinutes':
      return waitWords(value)
  }
  return metric satisfies never
}

/** `48 s`, `26 m`, `3 h 5 m`, `2 d 4 h`. */
export function waitWords(minutes: number): string {
  if (minutes < 1) return `${Math.round(minutes * 60)} s`
  const whole = Math.round(minutes)
  if (whole < 60) return `${whole} m`
  const hours = Math.floor(whole / 60)
  if (hours < 48) return whole % 60 === 0 ? `${hours} h` : `${hours} h ${whole % 60} m`
  return hours % 24 === 0 ? `${hours / 24} d` : `${Math.floor(hours / 24)} d ${hours % 24} h`
}

/** “over 15 m”, “under 4.0”, or what makes the figure say nothing. */
export function limitWords({ metric, limit, sample, verdict }: Figure, leastSample: number): string {
  if (limit === null) return 'No limit is set'
  if (sample < leastSample) return `${sample} of ${leastSample} cases so far`
  const isPraise = metric === 'rating' || metric === 'score'
  const bound = verdict === 'hard' ? limit.hard : limit.warn
  const side = verdict === 'good' ? (isPraise ? 'at least' : 'at most') : isPraise ? 'under' : 'over'
  return `${side} ${metricValue(metric, bound)}`
}

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })

export function dayOf(at: string): string {
  return day.format(new Date(at))
}
