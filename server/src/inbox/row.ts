import type { ReaderKind } from '@parley/shared/people.ts'
import type { InboxRow } from '@parley/shared/protocol/reading.ts'
import { type Held, seenBy } from '../conversations/index.ts'

/** A list's row: made of what the reader's kind may see, and only of what everyone in it may see. */
export function rowFor(held: Held, reader: ReaderKind, updatedAt: string, unread?: number): InboxRow {
  const conversation = seenBy(held, reader)
  const last = conversation.lastMessage
  const { byCustomer, byMembers } = conversation.unanswered
  const unanswered = reader === 'customer' ? byCustomer : byMembers
  return {
    conversationId: conversation.conversationId,
    status: conversation.status,
    customer: conversation.customer,
    with: conversation.with,
    queue: conversation.queue,
    about: conversation.about,
    topic: conversation.topic,
    assignee: conversation.assignee,
    offer: conversation.offer,
    lastMessage: last && {
      messageId: last.messageId,
      text: last.text.slice(0, 200),
      by: { party: last.by.party, id: last.by.id, name: last.by.name },
      at: last.at,
      ...(last.isRedacted === undefined ? {} : { isRedacted: last.isRedacted }),
    },
    waitingSince: conversation.waitingSince,
    snoozedUntilAt: conversation.snoozedUntilAt,
    startedAt: conversation.startedAt,
    updatedAt,
    isLeftMessage: conversation.isLeftMessage,
    rating: conversation.rating?.stars ?? null,
    // Live rows go to many at once: they carry what nobody on this side has answered yet.
    unread: unread ?? unanswered,
    unanswered,
    position: held.heads[reader],
  }
}
