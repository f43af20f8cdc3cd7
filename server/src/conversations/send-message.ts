import { isRoom } from '@parley/shared/conversation/room.ts'
import { authorOf } from '@parley/shared/people.ts'
import type { NewEvent, SentFile } from '@parley/shared/protocol/events.ts'
import { Refused } from '../app/refused.ts'
import { asModerator, assignToSelf } from './assignment.ts'
import { claimFiles } from './files.ts'
import type { Held } from './held.ts'
import { messageIdIn, messageIdOf } from './message-id.ts'
import { verb } from './verb.ts'

export const sendMessage = verb<'sendMessage', SentFile[]>({
  prepare: ({ actor, input }, parts) => claimFiles(parts, actor, input.conversationId, input.fileIds),

  decide(held, { actor, input, prepared: files }) {
    if (input.text === '' && files.length === 0) throw new Refused('invalid', 'text.empty', { field: 'text' })
    const messageId = messageIdOf(actor, input.conversationId, input.requestId)
    const by = asModerator(held, actor)
    const message: NewEvent = {
      type: 'messageSent',
      payload: { messageId, text: input.text, files },
      ...(by === undefined ? {} : { by }),
    }
    if (authorOf(actor).side === 'customer' && !isRoom(held.conversation)) {
      if (held.conversation.isBlocked) throw new Refused('notAllowed', 'blocked')
      return [...wakeForCustomer(held), message]
    }
    if (held.conversation.status === 'closed')
      throw new Refused('closed', isRoom(held.conversation) ? 'room.ended' : 'reopenFirst')
    return [...assignToSelf(held, actor), ...wakeForMember(held), message]
  },

  answer: ({ events }) => {
    return { messageId: messageIdIn(events) ?? '' }
  },
})

/** Past conversations can be continued: a customer's message opens a closed one again. */
function wakeForCustomer({ conversation }: Held): NewEvent[] {
  if (conversation.status === 'closed') return [{ type: 'conversationReopened', payload: { why: 'reply' } }]
  if (conversation.status === 'snoozed') return [{ type: 'unsnoozed', payload: { why: 'reply' } }]
  return []
}

function wakeForMember({ conversation }: Held): NewEvent[] {
  return conversation.status === 'snoozed' ? [{ type: 'unsnoozed', payload: { why: 'member' } }] : []
}
