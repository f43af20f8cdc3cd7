import type { BoardRow } from '@parley/shared/protocol/reading.ts'
import { expect, it } from 'vitest'
import { bandOf, byNeed, inBands } from './bands.ts'

const calm = {
  conversationId: 'cnv_calm',
  waitingSince: null,
  moderation: { stage: 'none', moderator: null, from: null },
  need: { score: 0, ofVendor: null, dissatisfaction: null, isBlocked: false, isHolding: false },
} as unknown as BoardRow
const row = (conversationId: string, score: number, waitingSince: string | null = null): BoardRow => ({
  ...calm,
  conversationId,
  waitingSince,
  need: { ...calm.need, score },
})

const feeling = (estimate: number): BoardRow => ({
  ...calm,
  need: { ...calm.need, dissatisfaction: { estimate, trend: 'rising', reasons: ['tone'], points: [] } },
})
const onProbation = {
  state: 'probation',
  isOnProbation: true,
  verdict: null,
  areLinksOff: false,
  score: 50,
} as const

it('what needs somebody stands first, what waits next, the rest is steady', () => {
  expect(bandOf(row('a', 100))).toBe('now')
  expect(bandOf(row('a', 0, '2026-01-01T10:00:00.000Z'))).toBe('soon')
  expect(bandOf(calm)).toBe('steady')
  expect([10, 40, 80].map((estimate) => bandOf(feeling(estimate)))).toEqual(['steady', 'soon', 'now'])
  expect(bandOf({ ...calm, need: { ...calm.need, ofVendor: onProbation } })).toBe('soon')
  expect(bandOf({ ...calm, moderation: { ...calm.moderation, stage: 'takenOver' } })).toBe('soon')
})

it('a dissatisfied customer stands before a vendor on probation and after a flag', () => {
  const probation = { ...calm, conversationId: 'probation', need: { ...calm.need, ofVendor: onProbation } }
  const upset = { ...feeling(90), conversationId: 'upset' }
  const sorted = [probation, row('flagged', 100), upset].sort(byNeed)
  expect(sorted.map(({ conversationId }) => conversationId)).toEqual(['flagged', 'upset', 'probation'])
})

it('a band is ordered by need, then by who has waited longest', () => {
  const rows = [
    row('late', 200, '2026-01-01T10:05:00.000Z'),
    row('nobody waits', 200),
    row('first', 400),
    row('early', 200, '2026-01-01T10:00:00.000Z'),
  ]
  expect(inBands(rows).now.map(({ conversationId }) => conversationId)).toEqual([
    'first',
    'early',
    'late',
    'nobody waits',
  ])
})
