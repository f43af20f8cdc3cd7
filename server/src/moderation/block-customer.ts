import { verb } from '../conversations/index.ts'
import { explained } from './stepping-in.ts'

/** The customer reads on and writes nothing: here from this commit on, elsewhere as soon as the contact is blocked. */
export const blockCustomer = verb<'blockCustomer'>({
  decide: ({ conversation }, { input }) =>
    conversation.isBlocked
      ? []
      : [{ type: 'customerBlocked', payload: {} }, explained('block', input.reason)],
})

export const unblockCustomer = verb<'unblockCustomer'>({
  decide: ({ conversation }, { input }) =>
    conversation.isBlocked
      ? [{ type: 'customerUnblocked', payload: {} }, explained('unblock', input.reason)]
      : [],
})
