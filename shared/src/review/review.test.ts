import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { agreementOf, disagreeing } from './agreement.ts'
import { type Mark, type Marks, scoreOf, standardCriteria } from './rubric.ts'

const all = (mark: Mark): Marks => Object.fromEntries(standardCriteria.map(({ id }) => [id, mark]))

describe('a score', () => {
  it('is 100 when everything was done and 0 when nothing was', () => {
    expect(scoreOf(standardCriteria, all('yes'))).toBe(100)
    expect(scoreOf(standardCriteria, all('no'))).toBe(0)
  })

  it('weighs what came up and nothing else', () => {
    expect(scoreOf(standardCriteria, { ...all('na'), decision: 'yes', tone: 'no' })).toBe(75)
    expect(scoreOf(standardCriteria, { ...all('yes'), explanation: 'partly' })).toBe(90)
    expect(scoreOf(standardCriteria, all('na'))).toBeNull()
  })

  it('is 0 as soon as something critical failed, however good the rest', () => {
    expect(scoreOf(standardCriteria, { ...all('yes'), terms: 'no' })).toBe(0)
    expect(scoreOf(standardCriteria, { ...all('yes'), terms: 'partly' })).toBe(90)
  })

  it('is not there while a mark is missing, whatever the object inherits', () => {
    const { tone: _tone, ...rest } = all('yes')
    expect(scoreOf(standardCriteria, rest)).toBeNull()
    const odd = { id: 'constructor', label: '', help: '', weight: 1, isCritical: false }
    expect(scoreOf([odd], {})).toBeNull()
  })

  it('stays within 0 and 100 and never falls when a mark improves', () => {
    const mark = fc.constantFrom<Mark>('yes', 'partly', 'no', 'na')
    const marks = fc.record(Object.fromEntries(standardCriteria.map(({ id }) => [id, mark])))
    fc.assert(
      fc.property(marks, fc.constantFrom(...standardCriteria), (given, { id }) => {
        const score = scoreOf(standardCriteria, given)
        if (score === null) return
        expect(score).toBeGreaterThanOrEqual(0)
        expect(score).toBeLessThanOrEqual(100)
        if (given[id] !== 'na')
          expect(scoreOf(standardCriteria, { ...given, [id]: 'yes' })).toBeGreaterThanOrEqual(score)
      }),
    )
  })
})

describe('agreement', () => {
  it('is counted over what both sides spoke about', () => {
    const figures = agreementOf([
      { rating: 1, review: 0.9, tone: null },
      { rating: 0, review: 1, tone: 0.1 },
      { rating: null, review: 0.5, tone: 0.5 },
    ])
    expect(figures).toEqual([
      { pair: 'rating and review', both: 2, agree: 1 },
      { pair: 'tone and review', both: 2, agree: 1 },
      { pair: 'rating and tone', both: 1, agree: 1 },
    ])
  })

  it('ends where two sides are half the scale apart', () => {
    expect(disagreeing({ rating: 0.25, review: 0.74, tone: null })).toEqual([])
    expect(disagreeing({ rating: 0.25, review: 0.75, tone: 1 })).toEqual([
      'rating and review',
      'rating and tone',
    ])
    expect(disagreeing({ rating: null, review: null, tone: null })).toEqual([])
  })
})
