import { isWatchedOver } from '@parley/shared/conversation/room.ts'
import { readerKindOf } from '@parley/shared/people.ts'
import type { NewEvent } from '@parley/shared/protocol/events.ts'
import { verb } from './verb.ts'

export const closeConversation = verb<'closeConversation'>({
  decide({ conversation }, { actor, input }) {
    if (conversation.status === 'closed') return []
    const reader = readerKindOf(actor)
    const isModerating = reader === 'staff' && isWatchedOver(conversation)
    const why: NewEvent[] =
      isModerating && input.reason !== undefined
        ? [{ type: 'moderationExplained', payload: { act: 'end', reason: input.reason } }]
        : []
    return [
      { type: 'conversationClosed', payload: { why: reader === 'customer' ? 'ended' : 'resolved' } },
      ...why,
    ]
  },
})
