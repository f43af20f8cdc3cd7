import { describe, expect, it } from 'vitest'
import { daysBetween, opening, span } from './when.ts'

describe('times', () => {
  it('are rounded up, so that nobody is promised too little, and hold together at the end of a line', () => {
    expect(span(10_000)).toBe('1\u00a0min')
    expect(span(61_000)).toBe('2\u00a0min')
    expect(span(60 * 60_000)).toBe('1\u00a0hour')
    expect(span(90 * 60_000)).toBe('2\u00a0hours')
    expect(span(25 * 3_600_000)).toBe('2\u00a0days')
  })

  it('count days by the reader’s calendar, not by hours', () => {
    expect(daysBetween(new Date(2026, 10, 21, 23, 59), new Date(2026, 10, 22, 0, 1))).toBe(1)
    expect(daysBetween(new Date(2026, 10, 22, 0, 1), new Date(2026, 10, 22, 23, 59))).toBe(0)
    // Days of 23 and 25 hours are days all the same.
    expect(daysBetween(new Date(2026, 2, 28, 12), new Date(2026, 2, 30, 12))).toBe(2)
  })

  it('name the day of opening as people do', () => {
    const now = new Date(2026, 10, 22, 18, 0)
    expect(opening(new Date(2026, 10, 22, 20, 0).toISOString(), now)).toMatch(/^today at /)
    expect(opening(new Date(2026, 10, 23, 8, 0).toISOString(), now)).toMatch(/^tomorrow at /)
    expect(opening(new Date(2026, 10, 25, 8, 0).toISOString(), now)).toMatch(/^Wednesday/)
  })
})
