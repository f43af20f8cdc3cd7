import type { ConversationTone, MessageTone } from '@parley/shared/protocol/tone.ts'
import { expect, it } from 'vitest'
import { sparkline } from './sparkline.ts'
import {
  dissatisfactionSentence,
  dissatisfactionWord,
  reasonsSaid,
  toneWord,
  whyWords,
} from './tone-words.ts'
import { type KnownTone, withTone } from './use-tone.ts'

it('dissatisfaction is said in a word, with where it goes', () => {
  expect([0, 19, 20, 35, 60, 100].map((estimate) => dissatisfactionWord({ estimate }))).toEqual([
    'Content',
    'Content',
    'Uneasy',
    'Dissatisfied',
    'Very dissatisfied',
    'Very dissatisfied',
  ])
  expect(dissatisfactionSentence({ estimate: 54, trend: 'rising', reasons: [], points: [] })).toBe(
    'Dissatisfied, 54 of 100, getting worse',
  )
  expect(whyWords(['tone', 'waiting'])).toBe('how they write, waiting')
})

it('a message’s tone names what says so', () => {
  expect(toneWord('upset')).toBe('Upset')
  expect(reasonsSaid(['anger', 'capitals'])).toBe('anger, capitals')
})

it('a sparkline spans its box, the oldest left and the most dissatisfied at the top', () => {
  expect(sparkline([0, 100, 50], { width: 56, height: 20, inset: 3 })).toEqual({
    path: 'M3 17L28 3L53 10',
    last: { x: 53, y: 10 },
    middle: 10,
  })
})

it('one value alone is a point at the right, and no value is nothing', () => {
  expect(sparkline([100], { width: 56, height: 20, inset: 3 })).toMatchObject({
    path: 'M53 3',
    last: { x: 53 },
  })
  expect(sparkline([], { width: 56, height: 20, inset: 3 })).toBeNull()
})

it('the first answer does not undo what was told live meanwhile', () => {
  const points = [
    { at: '2026-01-01T10:00:00.000Z', estimate: 5 },
    { at: '2026-01-01T10:01:00.000Z', estimate: 60 },
  ]
  const trend = { estimate: 60, trend: 'rising', reasons: [] } as const
  const calm = { messageId: 'msg_1', level: 'calm', reasons: [] } as const
  const live: ConversationTone = {
    conversationId: 'cnv',
    dissatisfaction: { ...trend, reasons: [], points },
    messages: [{ messageId: 'msg_2', level: 'upset', reasons: ['anger'] }],
  }
  const answer: ConversationTone = {
    conversationId: 'cnv',
    dissatisfaction: { estimate: 5, trend: 'steady', reasons: [], points: points.slice(0, 1) },
    messages: [{ ...calm, reasons: [] }],
  }
  const known = withTone(withTone({ dissatisfaction: null, messages: new Map() }, live), answer)
  expect(known.dissatisfaction?.estimate).toBe(60)
  expect([...known.messages.keys()].sort()).toEqual(['msg_1', 'msg_2'])
})

it('what was known is gone when tone is turned off, and stays gone until there is something again', () => {
  const upset = { messageId: 'msg_1', level: 'upset', reasons: [] } satisfies MessageTone
  const known: KnownTone = {
    dissatisfaction: { estimate: 60, trend: 'rising', reasons: [], points: [] },
    messages: new Map([['msg_1', upset]]),
  }
  const off = withTone(known, { conversationId: 'cnv', dissatisfaction: null, messages: [], isOff: true })
  expect(off).toEqual({ dissatisfaction: null, messages: new Map() })
  expect(
    withTone(off, { conversationId: 'cnv', dissatisfaction: null, messages: [upset] }).messages.size,
  ).toBe(1)
})
