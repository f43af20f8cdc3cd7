import { describe, expect, it } from 'vitest'
import { expectedWait } from './place.ts'

const minute = 60_000
/** When chats were taken, newest first, `gapMs` apart. */
const pickups = (count: number, gapMs: number) =>
  Array.from({ length: count }, (_, index) => new Date(1_800_000_000_000 - index * gapMs))

describe('the expected wait', () => {
  it('is the mean time between the latest pickups times the place, from three quarters to one and a half of it', () => {
    expect(expectedWait(1, pickups(5, 2 * minute))).toEqual({
      waitFromMs: 1.5 * minute,
      waitToMs: 3 * minute,
    })
    expect(expectedWait(4, pickups(5, 2 * minute))).toEqual({ waitFromMs: 6 * minute, waitToMs: 12 * minute })
    const uneven = [0, 1, 2, 3, 20].map((ago) => new Date(1_800_000_000_000 - ago * minute))
    expect(expectedWait(2, uneven)).toEqual({ waitFromMs: 7.5 * minute, waitToMs: 15 * minute })
  })

  it('grows with the place and never falls below what the one before is told', () => {
    const latest = pickups(20, 47_123)
    for (let place = 1; place < 50; place += 1) {
      const [here, next] = [expectedWait(place, latest), expectedWait(place + 1, latest)]
      expect(next?.waitFromMs).toBeGreaterThan(here?.waitFromMs ?? Number.NaN)
      expect(here?.waitToMs).toBeGreaterThan(here?.waitFromMs ?? Number.NaN)
    }
  })

  it('is not told on fewer than five pickups', () => {
    for (let count = 0; count < 5; count += 1) expect(expectedWait(1, pickups(count, minute))).toBeUndefined()
  })
})
