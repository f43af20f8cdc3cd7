import type { ContactId, ConversationId, MemberId, VendorId } from '../ids.ts'
import type { MemberRole } from '../people.ts'
import type { EventType, WireEvent } from './events.ts'
import type { Keyboard } from './reading.ts'

/** Somebody a site knows, found for an export or an erasure. */
export interface FoundPerson {
  contactId: ContactId
  name: string | null
  /** Masked in lists, whole in an export. */
  email: string | null
  /** The shop's own id; null for a stranger. */
  externalId: string | null
  conversations: number
  createdAt: string
  /** When it was erased; what else is here is empty then. */
  erasedAt: string | null
}

/** Why nothing of a person goes. */
export interface LegalHold {
  /** On whom it was placed: a stranger is held with the person they became, and the other way round. */
  contactId: ContactId
  heldAt: string
  by: string
  reason: string
}

/** `hold` is null for whoever may be erased. */
export interface ListedPerson extends FoundPerson {
  hold: LegalHold | null
}

export interface HeldPerson {
  name: string | null
  hold: LegalHold
}

/** All that is kept about one person, as they may have it. */
export interface PersonExport {
  parley: 'person'
  exportedAt: string
  siteId: string
  contact: FoundPerson & { isEmailVerified: boolean; orders: unknown[] }
  browsers: {
    firstSeenAt: string
    lastSeenAt: string
    locale: string | null
    timeZone: string | null
    page: unknown
  }[]
  /** The wordings of the site's notice that were shown before their conversations, by version. */
  notices: { version: number; words: string }[]
  /** As the person saw them, newest first. */
  conversations: { conversationId: ConversationId; startedAt: string; status: string; events: WireEvent[] }[]
  files: { fileId: string; name: string; type: string; bytes: number; createdAt: string }[]
  /** True when there was more than an export carries. */
  isCut: boolean
}

/** Something that a member wrote, with its place in the log of its conversation. */
export interface WrittenByMember {
  at: string
  type: EventType
  /** The words: a message, a note, a whisper, a reason. */
  text: string
  files: string[]
}

/** What is kept about somebody who answers or decides, as they may have it: what others wrote to them is not theirs. */
export interface MemberExport {
  parley: 'member'
  exportedAt: string
  siteId: string
  member: {
    memberId: MemberId
    name: string
    role: MemberRole
    vendorId: VendorId | null
    availability: 'available' | 'away'
    capacity: number
    isInvited: boolean
    disabledAt: string | null
    queues: string[]
  }
  /** Of the address and its password: other sites may share it. Secrets are told only by whether they are there. */
  account: {
    email: string
    createdAt: string
    hasPassword: boolean
    hasTotp: boolean
    hasSingleSignOn: boolean
    keyboard: Keyboard
  }
  sessions: { createdAt: string; lastSeenAt: string; userAgent: string; isSingleSignOn: boolean }[]
  /** Newest first. */
  conversations: { conversationId: ConversationId; wrote: WrittenByMember[] }[]
  mentions: { conversationId: ConversationId; readAt: string | null }[]
  watches: {
    conversationId: ConversationId
    startedAt: string
    endedAt: string | null
    reason: string | null
  }[]
  reviews: {
    conversationId: ConversationId
    score: number | null
    marks: unknown
    comments: unknown
    summary: string
    finishedAt: string | null
    dispute: string | null
    decision: string | null
  }[]
  certificates: { module: string; version: number; givenAt: string; expiresAt: string }[]
  attempts: { module: string; version: number; at: string; percent: number; answers: unknown }[]
  files: { fileId: string; name: string; type: string; bytes: number; createdAt: string }[]
  /** True when there was more than an export carries. */
  isCut: boolean
}
