import { Refused } from '../app/refused.ts'
import { findMessage, type StoredMessage, verb } from '../conversations/index.ts'
import { explained } from './stepping-in.ts'

/** Takes the content out for good, here and in every client; that there was a message stays. */
export const redactMessage = verb<'redactMessage', StoredMessage | undefined>({
  prepare: ({ input }, { database }) => findMessage(database, input.conversationId, input.messageId),

  decide(_held, { input, prepared }) {
    const { messageId, reason } = input
    if (!prepared) throw new Refused('invalid', 'message.unknown', { field: 'messageId' })
    // Nobody else has seen it, and whoever has not must not learn of it now.
    if (!prepared.isSent) throw new Refused('notAllowed', 'redact.held')
    if (prepared.isRedacted) return []
    const { heldAs } = prepared
    return [
      { type: 'messageRedacted', payload: { messageId, ...(heldAs === undefined ? {} : { heldAs }) } },
      explained('redact', reason, messageId),
    ]
  },
})
