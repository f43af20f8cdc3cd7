import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ClosedFacts, reasonsFor, standardRules } from './rules.ts'

const off = {
  ...standardRules,
  sharePercent: 0,
  lowRatingUpTo: 0,
  flagged: false,
  firstOfVendor: 0,
  perAgentAndWeek: 0,
}
const facts: ClosedFacts = {
  conversationId: 'cnv_1',
  rating: null,
  isFlagged: false,
  earlierOfVendor: null,
  chosenForAgent: 0,
}

describe('what is reviewed', () => {
  it('is nothing when every rule is off', () => {
    const worst = { ...facts, rating: 1, isFlagged: true, earlierOfVendor: 0 }
    expect(reasonsFor(off, worst)).toEqual([])
  })

  it('is a low rating, a flag, a vendor’s first ones, and enough of each person', () => {
    expect(reasonsFor({ ...off, lowRatingUpTo: 2 }, { ...facts, rating: 2 })).toEqual(['lowRating'])
    expect(reasonsFor({ ...off, lowRatingUpTo: 2 }, { ...facts, rating: 3 })).toEqual([])
    expect(reasonsFor({ ...off, flagged: true }, { ...facts, isFlagged: true })).toEqual(['flagged'])
    expect(reasonsFor({ ...off, firstOfVendor: 5 }, { ...facts, earlierOfVendor: 4 })).toEqual(['newVendor'])
    expect(reasonsFor({ ...off, firstOfVendor: 5 }, { ...facts, earlierOfVendor: 5 })).toEqual([])
    expect(reasonsFor({ ...off, perAgentAndWeek: 2 }, { ...facts, chosenForAgent: 1 })).toEqual(['perAgent'])
    expect(reasonsFor({ ...off, perAgentAndWeek: 2 }, { ...facts, chosenForAgent: 2 })).toEqual([])
  })

  it('is the share that was asked for, always the same ones, and a larger share keeps the smaller', () => {
    const ids = Array.from({ length: 4_000 }, (_, at) => `cnv_${at}`)
    const chosen = (sharePercent: number) =>
      ids.filter(
        (conversationId) => reasonsFor({ ...off, sharePercent }, { ...facts, conversationId }).length > 0,
      )
    expect(chosen(100)).toHaveLength(4_000)
    expect(chosen(10).length).toBeGreaterThan(320)
    expect(chosen(10).length).toBeLessThan(480)
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 100, noNaN: true }),
        fc.double({ min: 0, max: 100, noNaN: true }),
        (a, b) => {
          const [few, many] = [chosen(Math.min(a, b)), new Set(chosen(Math.max(a, b)))]
          expect(few.every((id) => many.has(id))).toBe(true)
        },
      ),
      { numRuns: 8 },
    )
  })
})
