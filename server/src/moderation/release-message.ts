import { Refused } from '../app/refused.ts'
import { findMessage, messageIdOf, type StoredMessage, verb } from '../conversations/index.ts'
import { isHeld } from './held-messages.ts'
import { explained } from './stepping-in.ts'

/** Sent now, by whoever wrote it: what is held never becomes visible after the fact. */
export const releaseMessage = verb<'releaseMessage', StoredMessage | undefined>({
  prepare: ({ input }, { database }) => findMessage(database, input.conversationId, input.messageId),

  decide(held, { actor, input, prepared }) {
    if (!prepared || !isHeld(held, input.messageId)) throw new Refused('conflict', 'held.gone')
    const messageId = messageIdOf(actor, input.conversationId, input.requestId)
    return [
      {
        type: 'messageSent',
        by: prepared.by,
        payload: { messageId, text: prepared.text, files: prepared.files, heldAs: input.messageId },
      },
      explained('release', input.reason, messageId),
    ]
  },
})
