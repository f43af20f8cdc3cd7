import type { RolloutRule } from '@parley/shared/protocol/rollout.ts'
import { expect, it } from 'vitest'
import { describeRule, isForAnybody } from './describe-rule.ts'

const none: RolloutRule = { isKilled: false, sharePercent: 0, vendorIds: [], cohort: null, holdOutPercent: 0 }

it('says who has a feature, in one sentence', () => {
  const said = (rule: Partial<RolloutRule>) => describeRule({ ...none, ...rule })
  expect(said({})).toBe('Off for everybody.')
  expect(said({ sharePercent: 100 })).toBe('On for everybody.')
  expect(said({ sharePercent: 100, vendorIds: ['ven_1'] })).toBe('On for everybody.')
  expect(said({ sharePercent: 5, vendorIds: ['ven_1', 'ven_2'], cohort: { role: 'seller' } })).toBe(
    'On for 5 % of all, 2 named vendors, a cohort.',
  )
  expect(said({ vendorIds: ['ven_1'], holdOutPercent: 10 })).toBe(
    'On for 1 named vendor, except 10 % held out to compare with.',
  )
  expect(said({ sharePercent: 100, isKilled: true })).toBe('Off for everybody.')
  expect(isForAnybody(none)).toBe(false)
  expect(isForAnybody({ ...none, sharePercent: 1 })).toBe(true)
})
