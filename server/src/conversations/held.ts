import { asSeenBy, type Conversation } from '@parley/shared/conversation/conversation.ts'
import { maskedPayload } from '@parley/shared/conversation/masked.ts'
import { roomOf } from '@parley/shared/conversation/room.ts'
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
  const room = roomOf(conversation)
  return {
    siteId: held.siteId,
    contactId: conversation.customer.contactId,
    vendorId: conversation.with.kind === 'vendor' ? conversation.with.vendorId : null,
    queueId: conversation.queue.id,
    assigneeId: conversation.assignee?.memberId ?? null,
    offeredTo: conversation.offer?.to.memberId ?? null,
    topicId: conversation.topic?.id ?? null,
    ...(room && { room: { kind: room.kind, memberIds: room.members.map(({ id }) => id) } }),
  }
}

/** In a room: whose this event is alone, of all its audience but staff. */
export function onlyFor({ payload }: StoredEvent): string | undefined {
  return 'authorId' in payload ? payload.authorId : undefined
}

const nobody: Author = { side: 'system', party: 'system', id: 'room', name: 'Parley' }

/** The event as this reader receives it, or nothing when it is not in the audience. */
export function toWire(event: StoredEvent, reader: ReaderKind, readerId?: string): WireEvent | undefined {
  const position = event.positions[reader]
  if (position === null) return undefined
  const authorId = onlyFor(event)
  if (authorId !== undefined && reader !== 'staff' && authorId !== readerId)
    return {
      conversationId: event.conversationId,
      position,
      type: 'withheld',
      at: event.at,
      by: nobody,
      payload: {},
    }
  const { conversationId, type, at, by, requestId } = event
  const payload = reader === 'customer' ? event.payload : maskedPayload(type, event.payload)
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

export function seenBy(held: Held, reader: ReaderKind, readerId?: string): Conversation {
  return asSeenBy(held.conversation, reader, readerId)
}
