import { describe, expect, it } from 'vitest'
import { limitWords, metricValue, waitWords } from './vendor-words.ts'

describe('a vendor’s figures in words', () => {
  it('tell waits in the largest two units that say something', () => {
    expect([0.8, 26, 60, 185, 2880, 3120].map(waitWords)).toEqual([
      '48 s',
      '26 m',
      '1 h',
      '3 h 5 m',
      '2 d',
      '2 d 4 h',
    ])
    expect(metricValue('rating', 4)).toBe('4.0')
    expect(metricValue('flagRate', 2.84)).toBe('2.8 %')
  })

  it('say from which side the limit is passed, and when there is too little to say anything', () => {
    const rating = { metric: 'rating', value: 3.2, sample: 18, limit: { warn: 4, hard: 3.5 } } as const
    expect(limitWords({ ...rating, verdict: 'hard' }, 10)).toBe('under 3.5')
    expect(limitWords({ ...rating, verdict: 'warning' }, 10)).toBe('under 4.0')
    expect(limitWords({ ...rating, verdict: 'good' }, 10)).toBe('at least 4.0')
    expect(limitWords({ ...rating, verdict: 'none' }, 20)).toBe('18 of 20 cases so far')
    const reply = {
      metric: 'firstReplyMinutes',
      value: 26,
      sample: 18,
      limit: { warn: 15, hard: 60 },
    } as const
    expect(limitWords({ ...reply, verdict: 'warning' }, 10)).toBe('over 15 m')
    expect(limitWords({ ...reply, limit: null, verdict: 'none' }, 10)).toBe('No limit is set')
  })
})
