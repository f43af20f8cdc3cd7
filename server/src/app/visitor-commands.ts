import type { Actor, CustomerActor } from '@parley/shared/people.ts'
import { conversationIdOf, type Log } from '../conversations/index.ts'
import { endVisit } from '../identity/index.ts'
import {
  beginningEvents,
  describeChoices,
  moveConversations,
  prepareBeginning,
  rememberName,
} from '../intake/index.ts'
import { answerFor } from './dispatch.ts'
import type { Parts } from './parts.ts'
import { Refused } from './refused.ts'
import type { SiteCommands } from './site-command.ts'

/** What customers ask before a conversation exists: the log is written, but no conversation is named yet. */
export function visitorCommands(parts: Parts, log: Log): SiteCommands {
  return {
    describeChoices,

    async startConversation({ actor, input, afterCommit }) {
      const customer = asCustomer(actor)
      // The same wish names the same conversation: a repeat finds what the first try started.
      const conversationId = conversationIdOf(customer, input.requestId)
      const beginning = await prepareBeginning(parts, customer, conversationId, input)
      const written = await log.append({
        actor: { ...customer, name: beginning.customer.name },
        conversationId,
        requestId: input.requestId,
        content: ['startConversation', input],
        decide: (held) => (held ? [] : beginningEvents(customer, conversationId, input, beginning)),
      })
      if (!customer.isVerified)
        afterCommit(() =>
          rememberName(parts.database, customer.siteId, customer.contactId, beginning.customer.name),
        )
      const sent = written.events.find((event) => event.type === 'messageSent')
      return {
        ...answerFor(customer, written),
        messageId: sent?.type === 'messageSent' ? sent.payload.messageId : null,
      }
    },

    async endVisit({ actor }) {
      await endVisit(parts, asCustomer(actor))
      return {}
    },

    async moveConversations({ actor, input }) {
      return { moved: await moveConversations(parts, log, asCustomer(actor), input) }
    },
  }
}

function asCustomer(actor: Actor): CustomerActor {
  if (actor.kind !== 'customer') throw new Refused('notAllowed')
  return actor
}
