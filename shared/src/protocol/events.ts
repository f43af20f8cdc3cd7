import type { ContactId, ConversationId, FileId, MemberId, MessageId, QueueId, VendorId } from '../ids.ts'
import type { Author, ReaderKind } from '../people.ts'

/** Who a conversation is with: the marketplace's support, one vendor, or, in a room, one another. */
export type Counterpart =
  | { kind: 'support'; name: string }
  | { kind: 'vendor'; vendorId: VendorId; name: string }
  | RoomCounterpart

/** Everybody in a room; `name` is its title. Who is in it is decided once, when it begins. */
export interface RoomCounterpart {
  kind: 'vendors' | 'buyers'
  name: string
  members: RoomMember[]
}

export interface RoomMember {
  /** The vendor's id, or a contact's. */
  id: string
  /** Company name of a vendor; of a buyer the name the marketplace has given for this room. */
  name: string
}

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
  /** As members read it, without a way to reach somebody. */
  value: string
  /** Something was left out of `value`; staff ask for it by `revealContact`. Never stored. */
  isMasked?: true
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
    /** The site's notice as it stood then: which wording, and the language their browser had asked for. */
    notice?: { version: number; language: string | null }
  }
  /** As staff read it, the address is masked. */
  contactDetailsGiven: { email?: string; answers: Answer[] }
  customerIdentified: { customer: PublicCustomer }
  messageSent: {
    messageId: MessageId
    text: string
    files: SentFile[]
    /** It was held under this id and has been released: takes the held message's place with its sender. */
    heldAs?: MessageId
    /** Its content was taken out for good. */
    isRedacted?: true
  }
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

  /** A word of the moderator's for the vendor alone. */
  whisperSent: { messageId: MessageId; text: string }
  moderatorJoined: { moderator: PublicMember }
  moderatorLeft: { moderator: PublicMember }
  takenOver: { moderator: PublicMember; from: PublicMember | null }
  handedBack: { moderator: PublicMember; to: PublicMember | null }
  /** Whatever the vendor's side writes from here on waits for a moderator; in a room, whatever anybody writes. */
  holdingStarted: Record<string, never>
  holdingStopped: Record<string, never>
  moderationExplained: { act: ModerationAct; reason: string; messageId?: MessageId }
  vendorMessageHeld: HeldMessage
  customerMessageHeld: HeldMessage
  /** `words`: what its sender is told. */
  vendorMessageRejected: { messageId: MessageId; words: string; authorId?: string }
  customerMessageRejected: { messageId: MessageId; words: string; authorId?: string }
  messageFlagged: { messageId: MessageId; flags: MessageFlag[]; ruleVersion: number }
  /** Null is the report of the conversation as a whole. */
  flagsResolved: { messageId: MessageId | null; verdict: 'confirmed' | 'dismissed' }
  /** What was masked, sealed for a later restore; never a card. */
  originalKept: { messageId: MessageId; sealed: string }
  messageRestored: { messageId: MessageId; text: string }
  /** Blanks the message, and what was held of it, at rest and in every client. */
  messageRedacted: { messageId: MessageId; heldAs?: MessageId }
  conversationReported: { messageId: MessageId | null; reason: string }
  handRaised: { reason: string }
  handLowered: Record<string, never>
  customerBlocked: Record<string, never>
  customerUnblocked: Record<string, never>

  /** Everything that anybody wrote, gave or named here is gone for good, at rest and in every client. */
  conversationErased: { why: 'asked' | 'retention' }
  /** Somebody who answered here is nobody any more: their name is gone for good, at rest and in every client. */
  memberErased: { memberId: MemberId }
}

/** Kept back from the other side until a moderator has looked; `why` in kinds of flags. */
export interface HeldMessage {
  messageId: MessageId
  text: string
  files: SentFile[]
  why: string[]
  /** In a room, where a side is many: of the whole audience only this person and staff see it. */
  authorId?: string
}

export interface MessageFlag {
  /** What was recognised: `email`, `phone`, `offPlatformPayment`. */
  kind: string
  /** Id of the rule that recognised it. */
  rule: string
  /** From 0 to 1. */
  certainty: number
}

export type ModerationAct =
  | 'whisper'
  | 'join'
  | 'leave'
  | 'takeOver'
  | 'handBack'
  | 'end'
  | 'startHolding'
  | 'stopHolding'
  | 'release'
  | 'reject'
  | 'restore'
  | 'redact'
  | 'resolveFlags'
  | 'block'
  | 'unblock'

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
  whisperSent: 'vendorSide',
  moderatorJoined: 'everyone',
  moderatorLeft: 'everyone',
  takenOver: 'everyone',
  handedBack: 'everyone',
  holdingStarted: 'staff',
  holdingStopped: 'staff',
  moderationExplained: 'staff',
  vendorMessageHeld: 'vendorSide',
  customerMessageHeld: 'customerSide',
  vendorMessageRejected: 'vendorSide',
  customerMessageRejected: 'customerSide',
  messageFlagged: 'staff',
  flagsResolved: 'staff',
  originalKept: 'staff',
  messageRestored: 'everyone',
  messageRedacted: 'everyone',
  conversationReported: 'staff',
  handRaised: 'staff',
  handLowered: 'staff',
  customerBlocked: 'staff',
  customerUnblocked: 'staff',
  conversationErased: 'everyone',
  memberErased: 'everyone',
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

/** A fact not yet numbered: what deciders return. `by` where it is not who asked: a released message is its author's. */
export type NewEvent = { [T in EventType]: { type: T; payload: EventPayloads[T]; by?: Author } }[EventType]

/**
 * What everybody else in a room receives in place of an event that is its author's alone: its place in the stream, and
 * nothing of it. Made when it is sent, never stored.
 */
export interface Withheld {
  conversationId: ConversationId
  position: number
  type: 'withheld'
  at: string
  by: Author
  payload: Record<string, never>
  requestId?: string
}

/** One event as one reader kind receives it. `position` is dense in that reader's own stream, from 1. */
export type WireEvent =
  | Withheld
  | {
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
