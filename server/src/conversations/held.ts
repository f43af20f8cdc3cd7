import { asSeenBy, type Conversation } from '@parley/shared/conversation/conversation.ts'
import type { Author, ReaderKind } from '@parley/shared/people.ts'
import type { ConversationFacts } from '@parley/shared/policy/policy.ts'
import type { EventPayloads, EventType, WireEvent } from '@parley/shared/protocol/events.ts'

/** Newest position of each reader kind's stream. Staff see every event: theirs is the sequence number. */
export type Heads = Record<ReaderKind, number>

/** A conversation as the log holds it. */
export interface Held {
  siteId: string
  conversation: Conversation
  heads: Heads
  firstAssignedAt: string | null
}

export type StoredEvent = {
  [T in EventType]: {
    siteId: string
    conversationId: string
    positions: Record<ReaderKind, number | null>
    type: T
    at: string
    by: Author
    payload: EventPayloads[T]
    actorId: string
    requestId: string | null
    requestPart: number
    fingerprint: string | null
  }
}[EventType]

export function factsOf(held: Held): ConversationFacts {
  const { conversation } = held
  return {
    siteId: held.siteId,
    contactId: conversation.customer.contactId,
    vendorId: conversation.with.kind === 'vendor' ? conversation.with.vendorId : null,
    queueId: conversation.queue.id,
    assigneeId: conversation.assignee?.memberId ?? null,
    offeredTo: conversation.offer?.to.memberId ?? null,
    topicId: conversation.topic?.id ?? null,
  }
}

/** The event as this reader kind receives it, or nothing when it is not in the audience. */
export function toWire(event: StoredEvent, reader: ReaderKind): WireEvent | undefined {
  const position = event.positions[reader]
  if (position === null) return undefined
  const { conversationId, type, at, by, payload, requestId } = event
  const wire = {
    conversationId,
    position,
    type,
    at,
    by,
    payload,
    ...(requestId === null ? {} : { requestId }),
  }
  return wire as WireEvent
}

export function seenBy(held: Held, reader: ReaderKind): Conversation {
  return asSeenBy(held.conversation, reader)
}
