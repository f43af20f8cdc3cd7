import { verb } from '../conversations/index.ts'
import { explained, withOpenVendor, withVendor } from './stepping-in.ts'

/** From this commit on nothing of the vendor's side reaches the customer before a moderator has looked, what is under way included. */
export const startHolding = verb<'startHolding'>({
  decide: (held, { input }) =>
    withOpenVendor(held).isHolding
      ? []
      : [{ type: 'holdingStarted', payload: {} }, explained('startHolding', input.reason)],
})

/** What waits already goes on waiting: each message is decided on. */
export const stopHolding = verb<'stopHolding'>({
  decide: (held, { input }) =>
    withVendor(held).isHolding
      ? [{ type: 'holdingStopped', payload: {} }, explained('stopHolding', input.reason)]
      : [],
})
