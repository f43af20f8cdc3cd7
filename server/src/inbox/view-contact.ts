import { maskedAddress, maskedAnswer, maskedAnswers } from '@parley/shared/conversation/masked.ts'
import { type Actor, readerKindOf } from '@parley/shared/people.ts'
import { permitsOn } from '@parley/shared/policy/policy.ts'
import type { ContactView } from '@parley/shared/protocol/reading.ts'
import { addressFor, factsOf, type Held, hiddenAnswers } from '../conversations/index.ts'
import type { Sql } from '../storage/database.ts'
import { earlierConversations, visitorBehind } from './store.ts'

/**
 * What stands beside a conversation, ways to reach the customer masked. Vendors get no address, no private answer, no page
 * trail, no foreign order.
 */
export async function viewContact(sql: Sql, actor: Actor, held: Held): Promise<ContactView> {
  const { conversation } = held
  const isStaff = readerKindOf(actor) === 'staff'
  const maySeeEmail = permitsOn(actor, 'contact.email', factsOf(held))
  const email = maySeeEmail ? await addressFor(sql, conversation.conversationId) : null
  const earlier = await earlierConversations(sql, held.siteId, conversation.customer.contactId)
  const order = conversation.about.order
  return {
    customer: conversation.customer,
    email: email && maskedAddress(email),
    about: conversation.about,
    answers: maskedAnswers([
      ...conversation.answers,
      ...(isStaff ? await hiddenAnswers(sql, conversation.conversationId) : []),
    ]),
    orders: order ? [{ id: order.id, label: order.label ?? `Order ${order.id}` }] : [],
    earlier: earlier
      .filter((other) => other.conversation.conversationId !== conversation.conversationId)
      .filter((other) => permitsOn(actor, 'conversation.read', factsOf(other)))
      .slice(0, 20)
      .map(({ conversation: other }) => ({
        conversationId: other.conversationId,
        topic: other.topic?.label ?? other.lastMessage?.text.slice(0, 80) ?? 'Conversation',
        with: other.with.name,
        closedAt: other.closedAt,
        startedAt: other.startedAt,
        status: other.status,
      })),
    visitor: isStaff ? await visitorBehind(sql, held.siteId, conversation.customer.contactId) : null,
  }
}

/** What `revealContact` gives: the address, or an answer of which a part is masked. */
export async function findWhole(sql: Sql, held: Held, field: string): Promise<string | undefined> {
  const { conversation } = held
  if (field === 'email') return (await addressFor(sql, conversation.conversationId)) ?? undefined
  const answers = [...conversation.answers, ...(await hiddenAnswers(sql, conversation.conversationId))]
  return answers.find((answer) => answer.fieldId === field && maskedAnswer(answer) !== answer)?.value
}
