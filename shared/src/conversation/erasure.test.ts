import { describe, expect, it } from 'vitest'
import { audiences, type EventPayloads, type EventType } from '../protocol/events.ts'
import { type Conversation, evolve, type FoldedEvent } from './conversation.ts'
import { afterErasure } from './erasure.ts'

const file = { fileId: 'fil_1', name: 'canary.png', type: 'image/png', bytes: 1, hasThumbnail: false }
const priya = { memberId: 'mem_1', name: 'Priya', party: 'support' } as const
const customer = { contactId: 'con_1', name: 'canary name', role: 'buyer', isVerified: true } as const
const queue = { id: 'que_1', name: 'Support' }

/** One of each kind, with a canary wherever words or names of the person can stand. */
const payloads: EventPayloads = {
  conversationStarted: {
    with: { kind: 'support', name: 'Marlow' },
    about: {
      page: { url: 'https://shop.example/canary', title: 'canary' },
      order: { id: 'canary', isVerified: true },
    },
    customer,
    queue,
    topic: null,
    answers: [{ fieldId: 'a', label: 'A', value: 'canary answer' }],
    isLeftMessage: false,
  },
  contactDetailsGiven: {
    email: 'canary@post.example',
    answers: [{ fieldId: 'a', label: 'A', value: 'canary' }],
  },
  customerIdentified: { customer },
  messageSent: { messageId: 'msg_1', text: 'canary text', files: [file] },
  noteAdded: { noteId: 'n', text: 'canary note', mentions: [] },
  offerMade: { to: priya, untilAt: '2026-11-26T10:00:00.000Z' },
  offerLapsed: { to: priya, why: 'declined' },
  assigned: { to: priya, how: 'taken' },
  transferred: { with: { kind: 'support', name: 'Marlow' }, queue },
  transferExplained: { reason: 'canary' },
  snoozed: { untilAt: '2026-11-26T10:00:00.000Z' },
  unsnoozed: { why: 'reply' },
  conversationClosed: { why: 'ended' },
  conversationReopened: { why: 'reply' },
  conversationRated: { stars: 2, words: 'canary' },
  transcriptRequested: { to: 'c…@canary.example' },
  whisperSent: { messageId: 'msg_2', text: 'canary' },
  moderatorJoined: { moderator: priya },
  moderatorLeft: { moderator: priya },
  takenOver: { moderator: priya, from: null },
  handedBack: { moderator: priya, to: priya },
  holdingStarted: {},
  holdingStopped: {},
  moderationExplained: { act: 'join', reason: 'canary' },
  vendorMessageHeld: { messageId: 'msg_3', text: 'canary', files: [file], why: ['phone'] },
  customerMessageHeld: { messageId: 'msg_4', text: 'canary', files: [file], why: ['phone'] },
  vendorMessageRejected: { messageId: 'msg_3', words: 'canary' },
  customerMessageRejected: { messageId: 'msg_4', words: 'canary' },
  messageFlagged: {
    messageId: 'msg_1',
    flags: [{ kind: 'phone', rule: 'r', certainty: 1 }],
    ruleVersion: 1,
  },
  flagsResolved: { messageId: 'msg_1', verdict: 'confirmed' },
  originalKept: { messageId: 'msg_1', sealed: 'canary' },
  messageRestored: { messageId: 'msg_1', text: 'canary' },
  messageRedacted: { messageId: 'msg_9' },
  conversationReported: { messageId: null, reason: 'canary' },
  handRaised: { reason: 'canary' },
  handLowered: {},
  customerBlocked: {},
  customerUnblocked: {},
  conversationErased: { why: 'asked' },
  memberErased: { memberId: 'mem_1' },
}
const types = Object.keys(payloads) as EventType[]
const told = (type: EventType, index: number): FoldedEvent =>
  ({
    conversationId: 'cnv_1',
    type,
    at: new Date(Date.UTC(2026, 10, 26, 10, index)).toISOString(),
    by: { side: 'customer', party: 'buyer', id: 'con_1', name: 'canary name' },
    payload: payloads[type],
  }) as FoldedEvent
const fold = (events: readonly FoldedEvent[]) =>
  events.reduce<Conversation | null>((before, event) => evolve(before, event), null)

describe('what is left of an event after an erasure', () => {
  it.each(types)('of %s: its kind, its time and ids, and no word', (type) => {
    const event = told(type, 0)
    const left = afterErasure(event)
    expect(JSON.stringify(left)).not.toContain('canary')
    expect(left).toMatchObject({ type, at: event.at, by: { id: 'con_1', name: 'Erased' } })
    expect(afterErasure(left)).toEqual(left)
  })

  it('names whoever answered as before', () => {
    const by = { side: 'staff', party: 'support', id: 'mem_1', name: 'Priya' } as const
    expect(afterErasure({ ...told('messageSent', 0), by }).by).toEqual(by)
  })

  it('is known for every kind there is', () => {
    expect([...types].sort()).toEqual(Object.keys(audiences).sort())
  })
})

it('[E1] folding what is left gives what folding and then erasing gave, at every place', () => {
  const erased = told('conversationErased', 59)
  const all = types.filter((type) => type !== 'conversationErased').map(told)
  for (let end = 1; end <= all.length; end += 1) {
    const until = all.slice(0, end)
    const lived = fold([...until, erased])
    expect(JSON.stringify(lived)).not.toContain('canary')
    expect(fold([...until.map(afterErasure), afterErasure(erased)])).toEqual(lived)
  }
})
