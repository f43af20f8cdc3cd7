import { isRoom } from '@parley/shared/conversation/room.ts'
import { type Actor, actorIdOf, readerKindOf } from '@parley/shared/people.ts'
import { Refused } from '../app/refused.ts'
import { findMessage, type Held, type StoredMessage, verb } from '../conversations/index.ts'

/** Only staff learn of it: not the other side, and in the reporter's own stream nothing moves. */
export const reportConversation = verb<'reportConversation', StoredMessage | null | undefined>({
  prepare: async ({ input }, { database }) =>
    input.messageId === null ? null : findMessage(database, input.conversationId, input.messageId),

  decide(held, { actor, input, prepared }) {
    const isSeen = prepared === null || (prepared !== undefined && hasSeen(held, actor, prepared))
    if (!isSeen) throw new Refused('invalid', 'message.unknown', { field: 'messageId' })
    const { messageId, reason } = input
    return [{ type: 'conversationReported', payload: { messageId, reason } }]
  },
})

function hasSeen({ conversation }: Held, actor: Actor, message: StoredMessage): boolean {
  if (!message.isSent && isRoom(conversation)) return message.by.id === actorIdOf(actor)
  return message.readers.includes(readerKindOf(actor))
}
