import { messageIdOf, verb } from '../conversations/index.ts'
import { explained, withOpenVendor, withSides } from './stepping-in.ts'

export const whisper = verb<'whisper'>({
  decide(held, { actor, input }) {
    withSides(withOpenVendor(held))
    const messageId = messageIdOf(actor, input.conversationId, input.requestId)
    return [
      { type: 'whisperSent', payload: { messageId, text: input.text } },
      explained('whisper', input.reason, messageId),
    ]
  },

  answer: ({ events }) => {
    const sent = events.find((event) => event.type === 'whisperSent')
    return { messageId: sent?.type === 'whisperSent' ? sent.payload.messageId : '' }
  },
})
