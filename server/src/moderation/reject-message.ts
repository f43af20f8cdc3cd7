import { Refused } from '../app/refused.ts'
import { verb } from '../conversations/index.ts'
import { isHeld } from './held-messages.ts'
import { explained } from './stepping-in.ts'

export const rejectMessage = verb<'rejectMessage'>({
  decide(held, { input }) {
    const { messageId, words, reason } = input
    if (!isHeld(held, messageId)) throw new Refused('conflict', 'held.gone')
    const { vendor, by } = held.conversation.held
    const isVendors = vendor.includes(messageId)
    const authorId = by?.[messageId]
    return [
      {
        type: isVendors ? 'vendorMessageRejected' : 'customerMessageRejected',
        payload: { messageId, words, ...(authorId === undefined ? {} : { authorId }) },
      },
      explained('reject', reason, messageId),
    ]
  },
})
