import { describe, expect, it } from 'vitest'
import { liftOf } from './lift.ts'

describe('the lift over those held out', () => {
  it('is not told from too few people', () => {
    expect(liftOf({ shown: 900, shownReached: 90, held: 29, heldReached: 1 })).toBeUndefined()
  })

  // Newcombe 1998, table II, example (a): 56/70 against 48/80, method 10.
  it('has the published interval', () => {
    const lift = liftOf({ shown: 70, shownReached: 56, held: 80, heldReached: 48 })
    expect(lift?.difference).toBeCloseTo(0.2, 4)
    expect(lift?.low).toBeCloseTo(0.0524, 4)
    expect(lift?.high).toBeCloseTo(0.3339, 4)
    expect(lift?.isClear).toBe(true)
  })

  it('is not clear when both did alike', () => {
    expect(liftOf({ shown: 400, shownReached: 40, held: 400, heldReached: 38 })?.isClear).toBe(false)
  })
})
