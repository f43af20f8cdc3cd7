import { describe, expect, it } from 'vitest'
import type { Author } from '../people.ts'
import type { EventPayloads, EventType } from '../protocol/events.ts'
import { asSeenBy, type Conversation, evolve, type FoldedEvent } from './conversation.ts'

const author = (id: string, side: 'customer' | 'vendor' = 'vendor'): Author => ({
  side,
  party: side === 'vendor' ? 'vendor' : 'buyer',
  id,
  name: id,
})
const elin = author('mem_elin')
const nils = author('mem_nils')

function event<T extends EventType>(type: T, payload: EventPayloads[T], by: Author = elin): FoldedEvent {
  return { conversationId: 'cnv_room', type, payload, at: '2026-11-26T10:00:00.000Z', by } as FoldedEvent
}
const started = event('conversationStarted', {
  with: {
    kind: 'vendors',
    name: 'Kiln and Nordvik',
    members: [
      { id: 'kiln', name: 'Kiln' },
      { id: 'nordvik', name: 'Nordvik' },
    ],
  },
  about: {},
  customer: { contactId: 'cnv_room', name: 'Kiln and Nordvik', role: 'vendor', isVerified: true },
  queue: { id: '', name: '' },
  topic: null,
  answers: [],
  isLeftMessage: false,
})
const message = (messageId: string, by: Author) =>
  event('messageSent', { messageId, text: messageId, files: [] }, by)
const held = (messageId: string, by: Author) =>
  event('vendorMessageHeld', { messageId, text: messageId, files: [], why: [], authorId: by.id }, by)
const fold = (...events: FoldedEvent[]) => events.reduce<Conversation | null>(evolve, null) as Conversation

describe('a room', () => {
  it('is open from the first event on, and nobody in it waits for anybody', () => {
    const room = fold(started, message('one', elin), message('two', nils))
    expect(room).toMatchObject({
      status: 'open',
      waitingSince: null,
      assignee: null,
      unanswered: { byMembers: 0, byCustomer: 0 },
    })
    const closed = fold(started, event('conversationClosed', { why: 'resolved' }))
    expect(evolve(closed, event('conversationReopened', { why: 'member' })).status).toBe('open')
  })

  it('[R6] shows what is held to its author and to staff, to nobody else of the same side', () => {
    const room = fold(started, held('of elin', elin), held('of nils', nils))
    expect(room.held.vendor).toEqual(['of elin', 'of nils'])
    expect(asSeenBy(room, 'staff').held.vendor).toEqual(['of elin', 'of nils'])
    expect(asSeenBy(room, 'vendor', 'mem_elin').held).toEqual({
      vendor: ['of elin'],
      customer: [],
      by: { 'of elin': 'mem_elin' },
    })
    for (const readerId of ['mem_wren', ''])
      expect(asSeenBy(room, 'vendor', readerId).held).toEqual({ vendor: [], customer: [] })
    expect(asSeenBy(room, 'vendor').held).toEqual({ vendor: [], customer: [] })
  })

  it('[R6] lets go of who wrote it with the message', () => {
    const before = fold(started, held('of elin', elin))
    const after = evolve(
      before,
      event('vendorMessageRejected', { messageId: 'of elin', words: 'No', authorId: elin.id }),
    )
    expect(after.held).toEqual({ vendor: [], customer: [] })
  })

  it('[R6] is the same after what is another member’s alone', () => {
    const room = fold(started, message('one', elin))
    const withheld = { ...started, type: 'withheld', payload: {}, position: 3 } as const
    expect(evolve(room, withheld)).toBe(room)
  })

  it('[R7] is given back to everybody in it, and stands in no line', () => {
    const moderator = { memberId: 'mem_daniel', name: 'Daniel', party: 'moderator' } as const
    const taken = fold(started, event('takenOver', { moderator, from: null }))
    expect(taken.assignee).toEqual(moderator)
    expect(evolve(taken, event('handedBack', { moderator, to: null }))).toMatchObject({
      status: 'open',
      assignee: null,
      waitingSince: null,
    })
  })
})
