import { isWatchedOver } from '@parley/shared/conversation/room.ts'
import { readerKindOf } from '@parley/shared/people.ts'
import { Refused } from '../app/refused.ts'
import { verb } from './verb.ts'

export const closeConversation = verb<'closeConversation'>({
  decide({ conversation }, { actor, input }) {
    if (conversation.status === 'closed') return []
    const reader = readerKindOf(actor)
    const closed = {
      type: 'conversationClosed',
      payload: { why: reader === 'customer' ? 'ended' : 'resolved' },
    } as const
    if (reader !== 'staff' || !isWatchedOver(conversation)) return [closed]
    if (input.reason === undefined) throw new Refused('invalid', 'field.required', { field: 'reason' })
    return [closed, { type: 'moderationExplained', payload: { act: 'end', reason: input.reason } }]
  },
})
