import type { Actor, CustomerActor } from '@parley/shared/people.ts'
import type { CommandInput } from '@parley/shared/protocol/commands.ts'
import { conversationIdOf, type Log, messageIdIn } from '../conversations/index.ts'
import { endVisit } from '../identity/index.ts'
import {
  beginningEvents,
  describeChoices,
  moveConversations,
  prepareBeginning,
  rememberName,
} from '../intake/index.ts'
import { maskCards, maskCardsIn } from '../terms/index.ts'
import { answerFor } from './dispatch.ts'
import { hostsGuard } from './hosts-guard.ts'
import type { Parts } from './parts.ts'
import { Refused } from './refused.ts'
import type { SiteCommands } from './site-command.ts'
import { weigh } from './terms-guard.ts'

/** What customers ask before a conversation exists: the log is written, but no conversation is named yet. */
export function visitorCommands(parts: Parts, log: Log): SiteCommands {
  return {
    describeChoices,

    async startConversation({ actor, input, afterCommit }) {
      const customer = asCustomer(actor)
      // The same wish names the same conversation: a repeat finds what the first try started.
      const conversationId = conversationIdOf(customer, input.requestId)
      const checked = withoutCards(input)
      const beginning = await prepareBeginning(parts, customer, conversationId, checked)
      const events = beginningEvents(customer, conversationId, checked, beginning)
      const first = events.find((event) => event.type === 'messageSent')
      const { counterpart } = beginning
      const [weighed, guardHosts] = await Promise.all([
        weigh(parts, customer, conversationId, first?.payload.text ?? '', counterpart),
        hostsGuard(parts, customer),
      ])
      const written = await log.append({
        actor: { ...customer, name: beginning.customer.name },
        conversationId,
        requestId: input.requestId,
        content: ['startConversation', input],
        decide: (held) => (held ? [] : weighed.guard(guardHosts(events), { counterpart, before: null })),
      })
      if (!customer.isVerified)
        afterCommit(() =>
          rememberName(parts.database, customer.siteId, customer.contactId, beginning.customer.name),
        )
      return { ...answerFor(customer, written), messageId: messageIdIn(written.events) ?? null }
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

/** Nothing of a form keeps a card: what it holds is copied to more places than the log. */
function withoutCards(input: CommandInput<'startConversation'>): CommandInput<'startConversation'> {
  const answers = Object.entries(input.answers).map(([id, answer]) => [id, maskCards(answer)])
  return { ...input, answers: Object.fromEntries(answers), about: maskCardsIn(input.about) }
}

function asCustomer(actor: Actor): CustomerActor {
  if (actor.kind !== 'customer') throw new Refused('notAllowed')
  return actor
}
