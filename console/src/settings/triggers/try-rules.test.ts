import type { Rule } from '@parley/shared/triggers/rule.ts'
import { describe, expect, it } from 'vitest'
import { ordinary, tryRule } from './try-rules.ts'

const rule: Rule = {
  when: [{ on: 'exit' }],
  if: { all: [{ segment: 'big' }, { fact: 'path', is: ['/cart*'] }] },
  do: { show: 'badge' },
  often: { times: 1, days: 1 },
}
const respect = { perPage: 1, perDay: 2, quietHours: 24, excluded: ['/checkout*'] }
const segments = [{ id: 'big', if: { fact: 'cartValue' as const, from: 100 } }]
const at = (path: string, cartValue: string, more = {}) =>
  tryRule('r', rule, respect, { ...ordinary, facts: { path, cartValue }, ...more }, segments)

describe('trying a rule in the console', () => {
  it('judges as the page does', () => {
    expect(at('/cart', '100')).toEqual({ wouldShow: true, why: 'Nothing speaks against it.' })
    expect(at('/cart', '99').why).toBe('Its condition is not met: the cart is worth 100 or more.')
    expect(at('/', '100').why).toBe('Its condition is not met: the page is “/cart*”.')
    expect(at('/checkout/pay', '100').why).toBe('Triggers stay away from this page.')
    expect(at('/cart', '100', { saidNotNow: true }).why).toMatch(/“Not now”/)
    expect(at('/cart', '100', { shownToday: 2 }).why).toMatch(/one day/)
    expect(at('/cart', '100', { isTyping: true }).why).toBe('Somebody was typing.')
  })
})
