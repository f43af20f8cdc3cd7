import type { StandingCase, StandingRules } from '@parley/shared/protocol/vendors.ts'
import type { VendorState } from '@parley/shared/vendors/life-cycle.ts'
import { casesBehind, standingAt } from './figures.ts'
import { type NextStep, nextStep } from './next-step.ts'

const dayMs = 24 * 60 * 60 * 1000
/** A notice names no more cases than somebody can read. */
export const mostNamed = 10

export interface PastStep extends NextStep {
  on: Date
  conversationIds: string[]
}

/** Each of the past days as if the rule had been on, for a vendor that stood well before them. */
export function walkPast(
  cases: readonly StandingCase[],
  rules: StandingRules,
  now: Date,
  days: number,
): PastStep[] {
  const steps: PastStep[] = []
  let state: VendorState = 'active'
  let cureUntil: Date | null = null
  for (let ago = days - 1; ago >= 0 && state !== 'suspended'; ago -= 1) {
    const on = new Date(now.getTime() - ago * dayMs)
    const standing = standingAt(cases, rules, on)
    const step = nextStep({ state, cureUntil, isByPerson: false }, standing, { ...rules, isOn: true }, on)
    if (standing.verdict === 'good' && state === 'active') cureUntil = null
    if (!step) continue
    const conversationIds = casesBehind(cases, standing, mostNamed).map((one) => one.conversationId)
    steps.push({ ...step, on, conversationIds })
    cureUntil = step.untilAt
    if (step.act === 'restrict') state = 'restricted'
    if (step.act === 'suspend') state = 'suspended'
    if (step.act === 'lift') state = 'active'
  }
  return steps
}
