import { evolve } from '@parley/shared/conversation/conversation.ts'
import { unmoderated } from '@parley/shared/conversation/moderation.ts'
import type { MemberActor } from '@parley/shared/people.ts'
import type { RoomCounterpart } from '@parley/shared/protocol/events.ts'
import { describe, expect, it } from 'vitest'
import type { Held } from '../conversations/index.ts'
import { checkBuyers } from './open-buyer-room.ts'
import { roomStarted } from './room-started.ts'
import { vendorRoomEvents } from './start-vendor-room.ts'

const elin: MemberActor = {
  kind: 'member',
  siteId: 'marlow',
  memberId: 'mem_elin',
  accountId: 'acc_elin',
  role: 'vendor',
  name: 'Elin',
  vendorId: 'kiln',
  vendorName: 'Kiln',
  vendorState: 'active',
  queueIds: [],
  areRoomsOn: true,
}
const room: RoomCounterpart = {
  kind: 'vendors',
  name: 'Kiln and Nordvik',
  members: [
    { id: 'kiln', name: 'Kiln' },
    { id: 'nordvik', name: 'Nordvik' },
  ],
}
const wish = { conversationId: 'cnv_room', requestId: 'request-1', text: 'Hello', room }

function begun(change: Partial<Held['conversation']> = {}): Held {
  const by = { side: 'vendor', party: 'vendor', id: 'mem_elin', name: 'Elin' } as const
  const at = '2026-11-26T10:00:00.000Z'
  const { type, payload } = roomStarted('cnv_room', room)
  if (type !== 'conversationStarted') throw new Error('A room begins with conversationStarted')
  const conversation = evolve(null, { conversationId: 'cnv_room', type, payload, at, by })
  return {
    siteId: 'marlow',
    conversation: { ...conversation, ...change },
    heads: { customer: 1, vendor: 1, staff: 1 },
    firstAssignedAt: null,
  }
}

describe('a room of two vendors', () => {
  it('begins with its first message and goes on with the next', () => {
    expect(vendorRoomEvents(null, elin, wish).map(({ type }) => type)).toEqual([
      'conversationStarted',
      'messageSent',
    ])
    expect(vendorRoomEvents(begun(), elin, wish).map(({ type }) => type)).toEqual(['messageSent'])
  })

  it('takes nothing once a moderator has taken it over or ended it, nor of who may not answer for anything', () => {
    const moderator = { memberId: 'mem_daniel', name: 'Daniel', party: 'moderator' } as const
    const moderation = { ...unmoderated.moderation, stage: 'takenOver', moderator } as const
    expect(() => vendorRoomEvents(begun({ moderation }), elin, wish)).toThrow('takenOver')
    expect(() => vendorRoomEvents(begun({ status: 'closed' }), elin, wish)).toThrow('room.ended')
    expect(() => vendorRoomEvents(null, { ...elin, closedTopics: ['*'] }, wish)).toThrow('vendor.topic')
    expect(vendorRoomEvents(null, { ...elin, closedTopics: ['return'] }, wish)).toHaveLength(2)
  })
})

describe('who is named for a room of buyers', () => {
  const contacts = new Map([
    ['sub-marta', 'con_marta'],
    ['sub-omar', 'con_omar'],
  ])
  const asked = (...subs: string[]) => ({
    requestId: 'request-1',
    name: 'Weavers',
    members: subs.map((sub) => ({ sub, name: `As ${sub}` })),
  })

  it('is known by a signed identity, and named once', () => {
    expect(checkBuyers(asked('sub-marta', 'sub-omar'), contacts)).toEqual([
      { id: 'con_marta', name: 'As sub-marta' },
      { id: 'con_omar', name: 'As sub-omar' },
    ])
    expect(() => checkBuyers(asked('sub-marta', 'sub-ada'), contacts)).toThrow('room.buyerUnknown')
    expect(() => checkBuyers(asked('sub-marta', 'sub-marta'), contacts)).toThrow('room.buyerTwice')
  })
})
