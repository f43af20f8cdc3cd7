import {
  type Figure,
  type Standing,
  type StandingCase,
  type StandingMetric,
  type StandingRules,
  type StandingVerdict,
  standingMetrics,
} from '@parley/shared/protocol/vendors.ts'

const dayMs = 24 * 60 * 60 * 1000

/** What a higher value means: praise for these, blame for the others. */
const isPraise: Record<StandingMetric, boolean> = {
  rating: true,
  score: true,
  flagRate: false,
  firstReplyMinutes: false,
  nextReplyMinutes: false,
}

/**
 * Cases of one vendor, each of one conversation. A rating is its stars, a score its percent, a flag case 1 for a
 * conversation with a flag that stood and 0 for one without, a reply its minutes. Thousands are weighed for each of many
 * days: their times, all written alike, are compared as they are.
 */
export function standingAt(cases: readonly StandingCase[], rules: StandingRules, now: Date): Standing {
  const from = new Date(now.getTime() - rules.windowDays * dayMs).toISOString()
  const to = now.toISOString()
  const values = new Map(standingMetrics.map((metric): [StandingMetric, number[]] => [metric, []]))
  for (const { at, metric, value } of cases) if (at > from && at <= to) values.get(metric)?.push(value)
  const figures = standingMetrics.map((metric) => figureOf(metric, values.get(metric) ?? [], rules))
  return {
    at: to,
    windowDays: rules.windowDays,
    leastSample: rules.leastSample,
    verdict: worst(figures),
    figures,
  }
}

/** Ratings and scores by their mean, flags as a share in percent, replies by their median: one slow night is no habit. */
export function figureValue(metric: StandingMetric, values: readonly number[]): number | null {
  if (values.length === 0) return null
  if (metric === 'firstReplyMinutes' || metric === 'nextReplyMinutes') return rounded(median(values))
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return rounded(metric === 'flagRate' ? mean * 100 : mean)
}

function figureOf(metric: StandingMetric, values: readonly number[], rules: StandingRules): Figure {
  const limit = rules.limits[metric]
  const value = figureValue(metric, values)
  const isTold = value !== null && limit !== null && values.length >= rules.leastSample
  return {
    metric,
    value,
    sample: values.length,
    limit,
    verdict: isTold ? verdictOf(metric, value, limit) : 'none',
  }
}

function verdictOf(
  metric: StandingMetric,
  value: number,
  limit: { warn: number; hard: number },
): StandingVerdict {
  const isBeyond = (bound: number) => (isPraise[metric] ? value < bound : value > bound)
  if (isBeyond(limit.hard)) return 'hard'
  return isBeyond(limit.warn) ? 'warning' : 'good'
}

function worst(figures: readonly Figure[]): StandingVerdict {
  if (figures.some((figure) => figure.verdict === 'hard')) return 'hard'
  return figures.some((figure) => figure.verdict === 'warning') ? 'warning' : 'good'
}

/** The cases that pull a figure beyond its limit, the worst first: what a notice names. */
export function casesBehind(
  cases: readonly StandingCase[],
  standing: Standing,
  most: number,
): StandingCase[] {
  const from = new Date(Date.parse(standing.at) - standing.windowDays * dayMs).toISOString()
  const bad = standing.figures.filter(({ verdict }) => verdict === 'warning' || verdict === 'hard')
  const behind = bad.flatMap(({ metric, limit }) =>
    cases
      .filter((one) => one.metric === metric && one.at > from && one.at <= standing.at)
      .filter(({ value }) => limit !== null && isBad(metric, value, limit.warn))
      .sort((one, other) => (isPraise[metric] ? one.value - other.value : other.value - one.value)),
  )
  const seen = new Set<string>()
  return behind
    .filter(({ conversationId }) => !seen.has(conversationId) && seen.add(conversationId))
    .slice(0, most)
}

function isBad(metric: StandingMetric, value: number, warn: number): boolean {
  if (metric === 'flagRate') return value > 0
  return isPraise[metric] ? value < warn : value > warn
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? 0
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}
