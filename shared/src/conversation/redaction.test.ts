import { expect, it } from 'vitest'
import type { EventPayloads, EventType } from '../protocol/events.ts'
import { afterRedaction } from './redaction.ts'

type Told = { [T in EventType]: { type: T; payload: EventPayloads[T] } }[EventType]

const words = 'my number is 38 56'
const told: Told[] = [
  { type: 'vendorMessageHeld', payload: { messageId: 'msg_h', text: words, files: [], why: ['phone'] } },
  { type: 'messageSent', payload: { messageId: 'msg_1', text: words, files: [], heldAs: 'msg_h' } },
  { type: 'originalKept', payload: { messageId: 'msg_1', sealed: words } },
  { type: 'messageRestored', payload: { messageId: 'msg_1', text: words } },
]

it('a redaction leaves nothing of the message anywhere in the log', () => {
  const left = told.map((event) => afterRedaction(event, { messageId: 'msg_1', heldAs: 'msg_h' }))
  expect(JSON.stringify(told)).toContain(words)
  expect(JSON.stringify(left)).not.toContain(words)
  expect(left.map(({ type }) => type)).toEqual(told.map(({ type }) => type))
})

it('a redaction of one message leaves the others as they are', () => {
  for (const event of told) expect(afterRedaction(event, { messageId: 'msg_2' })).toBe(event)
})
