import type { RolloutRule } from '@parley/shared/protocol/rollout.ts'
import { expect, it } from 'vitest'
import { describeRule, pressesFor } from './describe-rule.ts'

const none: RolloutRule = { isKilled: false, sharePercent: 0, vendorIds: [], cohort: null, holdOutPercent: 0 }

it('says who has a feature, in one sentence', () => {
  const said = (rule: Partial<RolloutRule>) => describeRule('vendorChat', { ...none, ...rule })
  expect(said({})).toBe('Off for everybody.')
  expect(said({ sharePercent: 100 })).toBe('On for everybody.')
  expect(said({ sharePercent: 100, vendorIds: ['ven_1'] })).toBe('On for everybody.')
  expect(said({ sharePercent: 5, vendorIds: ['ven_1', 'ven_2'], cohort: { role: 'seller' } })).toBe(
    'On for 5 % of vendors, 2 named vendors, a cohort.',
  )
  expect(said({ vendorIds: ['ven_1'], holdOutPercent: 10 })).toBe(
    'On for 1 named vendor, except 10 % held out to compare with.',
  )
  expect(said({ sharePercent: 100, isKilled: true })).toBe('Off for everybody.')
  expect(describeRule('tone', { ...none, sharePercent: 25 })).toBe('On for 25 % of visitors.')
  expect(describeRule('reviews', { ...none, sharePercent: 25 })).toBe(
    'On for 25 % of vendors and colleagues who answer.',
  )
})

it('is widened press by press, and keeps what else the rule says', () => {
  const rule = { ...none, vendorIds: ['ven_1'], holdOutPercent: 10 }
  const said: string[] = []
  for (let [press] = pressesFor(rule); press; [press] = pressesFor(press.rule)) {
    expect(press.rule).toEqual({ ...rule, sharePercent: press.rule.sharePercent })
    said.push(press.words)
  }
  expect(said).toEqual(['Widen to 5 %', 'Widen to 25 %', 'Widen to 50 %', 'Turn on for everybody'])
})

it('begins small or with everybody, and comes back as it was when it was turned off', () => {
  expect(pressesFor(none).map(({ words, rule }) => [words, rule.sharePercent])).toEqual([
    ['Begin with 5 %', 5],
    ['Turn on for everybody', 100],
  ])
  const rule = { ...none, sharePercent: 30, holdOutPercent: 10 }
  expect(pressesFor(rule)[0]?.rule.sharePercent).toBe(50)
  expect(pressesFor({ ...rule, isKilled: true })).toEqual([{ words: 'Turn on again', rule }])
})
