import { readerKindOf } from '@parley/shared/people.ts'
import { verb } from './verb.ts'

export const closeConversation = verb<'closeConversation'>({
  decide(held, { actor }) {
    if (held.conversation.status === 'closed') return []
    return [
      {
        type: 'conversationClosed',
        payload: { why: readerKindOf(actor) === 'customer' ? 'ended' : 'resolved' },
      },
    ]
  },
})
