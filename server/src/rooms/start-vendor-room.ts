import type { MemberActor } from '@parley/shared/people.ts'
import { isClosedTopic } from '@parley/shared/policy/policy.ts'
import type { NewEvent, RoomCounterpart } from '@parley/shared/protocol/events.ts'
import { Refused } from '../app/refused.ts'
import { type Held, messageIdOf } from '../conversations/index.ts'
import { roomStarted } from './room-started.ts'

/** Pure: the room of two vendors begins with the first message, and goes on with every further one. */
export function vendorRoomEvents(
  held: Held | null,
  actor: MemberActor,
  wish: { conversationId: string; requestId: string; text: string; room: RoomCounterpart },
): NewEvent[] {
  const { conversationId, requestId, text, room } = wish
  if (held?.conversation.moderation.stage === 'takenOver') throw new Refused('notAllowed', 'takenOver')
  if (held?.conversation.status === 'closed') throw new Refused('closed', 'room.ended')
  if (isClosedTopic(actor, { topicId: null })) throw new Refused('notAllowed', 'vendor.topic')
  const messageId = messageIdOf(actor, conversationId, requestId)
  const message: NewEvent = { type: 'messageSent', payload: { messageId, text, files: [] } }
  return held ? [message] : [roomStarted(conversationId, room), message]
}
