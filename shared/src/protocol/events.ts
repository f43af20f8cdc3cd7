import type { ContactId, ConversationId, FileId, MemberId, MessageId, QueueId, VendorId } from '../ids.ts'
import type { Author, ReaderKind } from '../people.ts'

/** Who a conversation is with: the marketplace's support, or one vendor. */
export type Counterpart =
  | { kind: 'support'; name: string }
  | { kind: 'vendor'; vendorId: VendorId; name: string }

/** What a conversation is about, checked by the server; labels come from the page and are only shown. */
export interface About {
  page?: { url: string; title?: string }
  product?: { id: string; name?: string; price?: string; image?: string }
  order?: { id: string; label?: string; image?: string; isVerified: boolean }
  intent?: string
}

export interface PublicCustomer {
  contactId: ContactId
  name: string
  role: 'buyer' | 'vendor'
  isVerified: boolean
}

export interface PublicMember {
  memberId: MemberId
  name: string
  party: 'vendor' | 'support' | 'moderator'
  of?: string
}

export interface Answer {
  fieldId: string
  label: string
  value: string
}

export interface SentFile {
  fileId: FileId
  name: string
  /** Media type the server found in the bytes, never the sender's word. */
  type: string
  bytes: number
  width?: number
  height?: number
  hasThumbnail: boolean
}

/** Facts of one conversation, past tense. The payload is safe for everyone in the event's audience. */
export interface EventPayloads {
  conversationStarted: {
    with: Counterpart
    about: About
    customer: PublicCustomer
    queue: { id: QueueId; name: string }
    topic: { id: string; label: string } | null
    answers: Answer[]
    /** Written outside hours or with nobody there: answered later. */
    isLeftMessage: boolean
  }
  contactDetailsGiven: { email?: string; answers: Answer[] }
  customerIdentified: { customer: PublicCustomer }
  messageSent: { messageId: MessageId; text: string; files: SentFile[] }
  noteAdded: { noteId: string; text: string; mentions: { memberId: MemberId; name: string }[] }
  offerMade: { to: PublicMember; untilAt: string }
  offerLapsed: { to: PublicMember; why: 'declined' | 'timedOut' | 'unavailable' }
  assigned: { to: PublicMember; how: 'taken' | 'offered' | 'transferred' }
  transferred: { with: Counterpart; queue: { id: QueueId; name: string } }
  transferExplained: { reason: string }
  snoozed: { untilAt: string }
  unsnoozed: { why: 'dueAt' | 'reply' | 'member' }
  conversationClosed: { why: 'ended' | 'resolved' }
  conversationReopened: { why: 'reply' | 'member' }
  conversationRated: { stars: 1 | 2 | 3 | 4 | 5; words: string }
  transcriptRequested: { to: string }
}
export type EventType = keyof EventPayloads

export type Audience = 'everyone' | 'staff' | 'vendorSide' | 'customerSide'

/** The audience belongs to the type: there is no other place where it is decided. */
export const audiences = {
  conversationStarted: 'everyone',
  contactDetailsGiven: 'customerSide',
  customerIdentified: 'everyone',
  messageSent: 'everyone',
  noteAdded: 'staff',
  offerMade: 'vendorSide',
  offerLapsed: 'vendorSide',
  assigned: 'everyone',
  transferred: 'everyone',
  transferExplained: 'vendorSide',
  snoozed: 'vendorSide',
  unsnoozed: 'vendorSide',
  conversationClosed: 'everyone',
  conversationReopened: 'everyone',
  conversationRated: 'everyone',
  transcriptRequested: 'customerSide',
} as const satisfies Record<EventType, Audience>

const readersOf: Record<Audience, readonly ReaderKind[]> = {
  everyone: ['customer', 'vendor', 'staff'],
  staff: ['staff'],
  vendorSide: ['vendor', 'staff'],
  customerSide: ['customer', 'staff'],
}

export function readerKindsOf(type: EventType): readonly ReaderKind[] {
  return readersOf[audiences[type]]
}

/** A fact not yet numbered: what deciders return. */
export type NewEvent = { [T in EventType]: { type: T; payload: EventPayloads[T] } }[EventType]

/** One event as one reader kind receives it. `position` is dense in that reader's own stream, from 1. */
export type WireEvent = {
  [T in EventType]: {
    conversationId: ConversationId
    position: number
    type: T
    /** ISO 8601 UTC, the server's clock. */
    at: string
    by: Author
    payload: EventPayloads[T]
    /** The wish that caused it: its sender finds its own pending message by it. */
    requestId?: string
  }
}[EventType]
