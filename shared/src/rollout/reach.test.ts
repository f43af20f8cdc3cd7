import { expect, it } from 'vitest'
import type { RolloutRule } from '../protocol/rollout.ts'
import { isForAnybody, isForEverybody } from './reach.ts'

const none: RolloutRule = { isKilled: false, sharePercent: 0, vendorIds: [], cohort: null, holdOutPercent: 0 }
const reached = (rule: Partial<RolloutRule>) => isForAnybody({ ...none, ...rule })
const whole = (rule: Partial<RolloutRule>) => isForEverybody({ ...none, ...rule })

it('reaches somebody by a share, a name or a segment, and nobody by a segment of nobody', () => {
  expect(reached({})).toBe(false)
  for (const rule of [{ sharePercent: 1 }, { vendorIds: ['ven_1'] }, { cohort: { isVerified: false } }]) {
    expect(reached(rule)).toBe(true)
    expect(reached({ ...rule, isKilled: true })).toBe(false)
  }
  expect(reached({ cohort: {} })).toBe(false)
  expect(reached({ cohort: { memberIds: [] } })).toBe(false)
  expect(reached({ cohort: { memberIds: ['mem_1'] } })).toBe(true)
})

it('is for everybody at the full share alone, with nobody held out', () => {
  expect(whole({ sharePercent: 100 })).toBe(true)
  expect(whole({ sharePercent: 99.9 })).toBe(false)
  expect(whole({ sharePercent: 100, holdOutPercent: 1 })).toBe(false)
  expect(whole({ sharePercent: 100, isKilled: true })).toBe(false)
})
