import { isStorable } from '@parley/shared/protocol/texts.ts'
import { Refused } from '../app/refused.ts'
import { verb } from './verb.ts'

export const rateConversation = verb<'rateConversation'>({
  decide(held, { input }) {
    if (held.conversation.status !== 'closed') throw new Refused('notAllowed', 'rating.notEnded')
    if (held.conversation.rating) throw new Refused('conflict', 'rating.given')
    if (!isStorable(input.words)) throw new Refused('invalid', 'text.unstorable', { field: 'words' })
    return [{ type: 'conversationRated', payload: { stars: input.stars, words: input.words.trim() } }]
  },
})
