import type { ContactId, ConversationId } from '../ids.ts'
import type { WireEvent } from './events.ts'

/** Somebody a site knows, found for an export or an erasure. */
export interface FoundPerson {
  contactId: ContactId
  name: string | null
  email: string | null
  /** The shop's own id; null for a stranger. */
  externalId: string | null
  conversations: number
  createdAt: string
  /** When it was erased; what else is here is empty then. */
  erasedAt: string | null
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
  /** As the person saw them, newest first. */
  conversations: { conversationId: ConversationId; startedAt: string; status: string; events: WireEvent[] }[]
  files: { fileId: string; name: string; type: string; bytes: number; createdAt: string }[]
  /** True when there was more than an export carries. */
  isCut: boolean
}
