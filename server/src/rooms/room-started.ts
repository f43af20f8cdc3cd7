import type { NewEvent, RoomCounterpart } from '@parley/shared/protocol/events.ts'

/** Its first event. There is no customer: where one would stand, stands the room itself. */
export function roomStarted(conversationId: string, room: RoomCounterpart): NewEvent {
  return {
    type: 'conversationStarted',
    payload: {
      with: room,
      about: {},
      customer: {
        contactId: conversationId,
        name: room.name,
        role: room.kind === 'vendors' ? 'vendor' : 'buyer',
        isVerified: true,
      },
      queue: { id: '', name: '' },
      topic: null,
      answers: [],
      isLeftMessage: false,
    },
  }
}
