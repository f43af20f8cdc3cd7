import type { Standing, StandingCase } from '@parley/shared/protocol/vendors.ts'
import type { VendorState } from '@parley/shared/vendors/life-cycle.ts'
import { describe, expect, it } from 'vitest'
import { defaultRules } from '../rules/default-rules.ts'
import { type Looked, nextStep } from './next-step.ts'
import { walkPast } from './walk-past.ts'

const now = new Date('2026-11-23T10:00:00Z')
const day = 24 * 60 * 60 * 1000
const rules = { ...defaultRules.standing, isOn: true, leastSample: 3, cureDays: 7 }
const before = new Date(now.getTime() - 1)
const after = new Date(now.getTime() + 1)

function standing(verdict: Standing['verdict']): Standing {
  const limit = { warn: 4, hard: 3.5 }
  const figure = { metric: 'rating' as const, value: 3.2, sample: 18, verdict, limit }
  return { at: now.toISOString(), windowDays: 30, leastSample: 3, verdict, figures: [figure] }
}
function step(state: VendorState, verdict: Standing['verdict'], more: Partial<Looked> = {}) {
  const looked = { state, cureUntil: null, isByPerson: false, ...more }
  return nextStep(looked, standing(verdict), rules, now)
}

describe('the rule on standing', () => {
  it('warns first, restricts what is not mended in time, and suspends what stays below the hard limit', () => {
    const untilAt = new Date(now.getTime() + 7 * day)
    expect(step('active', 'warning')).toMatchObject({ act: 'warn', untilAt })
    expect(step('active', 'warning', { cureUntil: after })).toBeUndefined()
    expect(step('active', 'warning', { cureUntil: before })).toMatchObject({ act: 'restrict', untilAt })
    expect(step('restricted', 'hard', { cureUntil: after })).toBeUndefined()
    expect(step('restricted', 'hard', { cureUntil: before })).toMatchObject({ act: 'suspend', untilAt: null })
  })

  it('restricts at once below the hard limit, also somebody who is warned or on probation', () => {
    expect(step('active', 'hard')?.act).toBe('restrict')
    expect(step('active', 'hard', { cureUntil: after })?.act).toBe('restrict')
    expect(step('probation', 'hard')?.act).toBe('restrict')
  })

  it('lifts its own restriction once everything is within its limit, and leaves a person’s alone', () => {
    expect(step('restricted', 'good', { cureUntil: before })?.act).toBe('lift')
    expect(step('restricted', 'good', { cureUntil: after })).toBeUndefined()
    for (const verdict of ['good', 'warning', 'hard'] as const)
      expect(step('restricted', verdict, { cureUntil: before, isByPerson: true })).toBeUndefined()
    expect(step('restricted', 'warning', { cureUntil: before })).toBeUndefined()
  })

  it('says which figures it was, and does nothing to anybody who stands well, is not admitted, or where it is off', () => {
    expect(step('active', 'hard')?.why).toBe('Rating 3.2 from 18, limit 3.5, over 30 days')
    expect(step('active', 'good')).toBeUndefined()
    for (const state of ['applied', 'underReview', 'training', 'suspended', 'refused'] as const)
      for (const verdict of ['good', 'warning', 'hard'] as const) expect(step(state, verdict)).toBeUndefined()
    const off = { ...rules, isOn: false }
    const looked = { state: 'active', cureUntil: null, isByPerson: false } as const
    expect(nextStep(looked, standing('hard'), off, now)).toBeUndefined()
  })
})

describe('the past thirty days under a rule', () => {
  const rated = (stars: number, daysAgo: number, id: string): StandingCase => ({
    metric: 'rating',
    conversationId: id,
    at: new Date(now.getTime() - daysAgo * day).toISOString(),
    value: stars,
  })

  it('tell day by day what it would have done, though it is off', () => {
    const cases = Array.from({ length: 24 }, (_, at) => rated(1, 29 - at, `cnv_${at}`))
    const steps = walkPast(cases, { ...rules, isOn: false }, now, 30)
    expect(steps.map(({ act }) => act)).toEqual(['restrict', 'suspend'])
    const [first, last] = steps
    expect(first?.conversationIds.length).toBeGreaterThanOrEqual(3)
    expect((last?.on.getTime() ?? 0) - (first?.on.getTime() ?? 0)).toBe(7 * day)
  })

  it('are quiet where every figure was within its limit', () => {
    const cases = Array.from({ length: 24 }, (_, at) => rated(5, 29 - at, `cnv_${at}`))
    expect(walkPast(cases, rules, now, 30)).toEqual([])
  })
})
