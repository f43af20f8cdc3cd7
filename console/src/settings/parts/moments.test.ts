import { describe, expect, it } from 'vitest'
import { ago, moment } from './moments.ts'

const now = new Date(2026, 10, 22, 14, 30)
const at = (...when: [number, number, number, number?, number?]) => new Date(...when).toISOString()

describe('a moment in words', () => {
  it('counts minutes, then names the day', () => {
    expect(ago(at(2026, 10, 22, 14, 30), now)).toBe('just now')
    expect(ago(at(2026, 10, 22, 14, 29), now)).toBe('1 minute ago')
    expect(ago(at(2026, 10, 22, 13, 31), now)).toBe('59 minutes ago')
    expect(ago(at(2026, 10, 22, 9, 5), now)).toBe('today, 09:05')
  })

  it('goes by the calendar and not by 24 hours', () => {
    expect(moment(at(2026, 10, 21, 23, 59), now)).toBe('yesterday, 23:59')
    expect(moment(at(2026, 10, 20, 23, 59), now)).toBe('20 November, 23:59')
    expect(moment(at(2025, 10, 20, 8, 0), now)).toBe('20 November 2025, 08:00')
  })
})
