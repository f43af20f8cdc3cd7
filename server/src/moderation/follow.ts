import type { Parts } from '../app/parts.ts'
import type { Log } from '../conversations/index.ts'
import { announceRevoked } from '../identity/index.ts'

/** Whoever was blocked stops writing in every conversation at once, and may again when it is lifted. */
export function followBlocks(parts: Parts, log: Log): void {
  log.onCommitted((commits) => {
    for (const { held, events } of commits)
      if (events.some(({ type }) => type === 'customerBlocked' || type === 'customerUnblocked'))
        announceRevoked(parts, { contactId: held.conversation.customer.contactId })
  })
}
