import type { Figure, Standing, StandingVerdict } from '@parley/shared/protocol/vendors.ts'
import { vendorStates } from '@parley/shared/vendors/life-cycle.ts'
import { describe, expect, it } from 'vitest'
import { shownStanding } from './shown-standing.ts'

function standing(verdict: StandingVerdict, ratings = 10): Standing {
  const rating: Figure = { metric: 'rating', value: 4.8, sample: ratings, limit: null, verdict: 'none' }
  return { at: '2026-11-26T10:00:00.000Z', windowDays: 30, leastSample: 10, verdict, figures: [rating] }
}
const good = {
  state: 'active',
  standing: standing('good'),
  isBlamed: false,
  wasHereBefore: false,
} as const

describe('the word of standing that buyers see', () => {
  it('is one for a vendor on probation that is new, one for an active one in good standing, and none for the rest', () => {
    const words = vendorStates.map((state) => [state, shownStanding({ ...good, state })])
    expect(Object.fromEntries(words)).toEqual({
      applied: null,
      underReview: null,
      training: null,
      probation: 'new',
      active: 'trusted',
      restricted: null,
      suspended: null,
      refused: null,
    })
  })

  it('is praise only on enough ratings, with every figure within its limits and no warning that counts', () => {
    for (const less of [
      { standing: null },
      { standing: standing('good', 9) },
      { standing: standing('warning') },
      { standing: standing('hard') },
      { isBlamed: true },
    ])
      expect([less, shownStanding({ ...good, ...less })]).toEqual([less, null])
    expect(shownStanding({ ...good, wasHereBefore: true })).toBe('trusted')
  })

  it('does not tell a warning of somebody new, and calls nobody new who was here before', () => {
    const fresh = { ...good, state: 'probation' } as const
    for (const worse of [{ isBlamed: true }, { standing: standing('warning') }, { standing: null }])
      expect(shownStanding({ ...fresh, ...worse })).toBe('new')
    expect(shownStanding({ ...fresh, wasHereBefore: true })).toBeNull()
  })
})
