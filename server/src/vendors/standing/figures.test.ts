import type { StandingCase, StandingMetric } from '@parley/shared/protocol/vendors.ts'
import { describe, expect, it } from 'vitest'
import { defaultRules } from '../rules/default-rules.ts'
import { casesBehind, figureValue, standingAt } from './figures.ts'

const now = new Date('2026-11-23T10:00:00Z')
const rules = { ...defaultRules.standing, leastSample: 3 }
const day = 24 * 60 * 60 * 1000

function cases(metric: StandingMetric, values: readonly number[], daysAgo = 1): StandingCase[] {
  return values.map((value, at) => ({
    metric,
    value,
    conversationId: `cnv_${metric}_${at}`,
    at: new Date(now.getTime() - daysAgo * day + at).toISOString(),
  }))
}
const figure = (all: readonly StandingCase[], metric: StandingMetric) =>
  standingAt(all, rules, now).figures.find((one) => one.metric === metric)

describe('a vendor’s figures', () => {
  it('are the mean of ratings and scores, the share of flagged conversations, and the median of replies', () => {
    expect(figureValue('rating', [5, 4, 3])).toBe(4)
    expect(figureValue('score', [100, 50])).toBe(75)
    expect(figureValue('flagRate', [1, 0, 0, 0])).toBe(25)
    expect(figureValue('firstReplyMinutes', [1, 2, 900])).toBe(2)
    expect(figureValue('nextReplyMinutes', [1, 2, 4, 900])).toBe(3)
    expect(figureValue('rating', [])).toBeNull()
  })

  it('say nothing under the least sample, and nothing where no limit is set', () => {
    expect(figure(cases('rating', [1, 1]), 'rating')).toMatchObject({ value: 1, sample: 2, verdict: 'none' })
    expect(figure(cases('rating', [1, 1, 1]), 'rating')).toMatchObject({ sample: 3, verdict: 'hard' })
    const without = { ...rules, limits: { ...rules.limits, rating: null } }
    expect(standingAt(cases('rating', [1, 1, 1]), without, now).verdict).toBe('good')
  })

  it('are held against the two limits from the right side, and exactly at a limit are within it', () => {
    const rated = (value: number) => figure(cases('rating', [value, value, value]), 'rating')?.verdict
    expect([rated(4), rated(3.9), rated(3.5), rated(3.4)]).toEqual(['good', 'warning', 'warning', 'hard'])
    const replied = (value: number) =>
      figure(cases('firstReplyMinutes', [value, value, value]), 'firstReplyMinutes')?.verdict
    expect([replied(60), replied(61), replied(240), replied(241)]).toEqual([
      'good',
      'warning',
      'warning',
      'hard',
    ])
  })

  it('look at the window and not beyond it', () => {
    const old = cases('rating', [1, 1, 1], rules.windowDays + 1)
    expect(standingAt([...old, ...cases('rating', [5, 5, 5])], rules, now).verdict).toBe('good')
    expect(figure(old, 'rating')).toMatchObject({ value: null, sample: 0 })
    expect(figure(cases('rating', [1, 1, 1], -1), 'rating')).toMatchObject({ sample: 0 })
  })

  it('name the cases that pull them down, the worst first and each once', () => {
    const all = [...cases('rating', [5, 1, 2, 3]), ...cases('firstReplyMinutes', [1, 2, 3])]
    const standing = standingAt(all, rules, now)
    expect(standing.verdict).toBe('hard')
    expect(casesBehind(all, standing, 10).map((one) => [one.metric, one.value])).toEqual([
      ['rating', 1],
      ['rating', 2],
      ['rating', 3],
    ])
    expect(casesBehind(all, standing, 1)).toHaveLength(1)
  })
})
