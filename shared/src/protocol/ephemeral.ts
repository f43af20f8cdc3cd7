import type { ConversationId, MessageId } from '../ids.ts'
import type { Author } from '../people.ts'
import type { BoardRow, InboxRow, QueuePlace } from './reading.ts'
import type { ConversationTone } from './tone.ts'

/** How far one side has got: the newest message that arrived at it, and the newest somebody there has read. */
export interface Marks {
  conversationId: ConversationId
  side: 'customer' | 'vendor' | 'staff'
  readerId: string
  name: string
  deliveredTo: MessageId | null
  readTo: MessageId | null
  at: string
}

export interface Typing {
  conversationId: ConversationId
  who: Author
  isTyping: boolean
  /** As far as it is written, for moderators who watch, where the site's notice says so. */
  text?: string
}

/** Told to the member who was called, and to nobody else; without a note: every mention there has been read. */
export interface Mention {
  conversationId: ConversationId
  note: { noteId: string; by: string; customer: string; text: string; at: string } | null
}

/** Colleagues looking at the same conversation; goes to members of the same side only. */
export interface Viewing {
  conversationId: ConversationId
  viewers: { memberId: string; name: string; mode: 'viewing' | 'replying' | 'noting' }[]
}

/** Never stored, may be lost: hints and presence. */
export interface ServerHints {
  typing: Typing
  viewing: Viewing
  marks: Marks
  /** A row of the inbox is new or has changed. */
  inbox: InboxRow
  /** A row of the moderation board is new or has changed; closed ones leave it. */
  board: BoardRow
  /** A note has called this member, or what called them has been read. */
  mention: Mention
  /** How new messages sound and how dissatisfied their customer seems; staff only. */
  tone: ConversationTone
  /** The reader may no longer see this conversation: drop what is shown. */
  forget: { conversationId: ConversationId }
  queue: QueuePlace
  /** Somebody who answers came, went or changed state: who can help may differ. */
  availability: Record<string, never>
  /** The server is about to stop: reconnect after a random part of this time. */
  reconnectSoon: { withinMs: number }
}

export interface ClientHints {
  typing: { conversationId: ConversationId; isTyping: boolean; text?: string }
  viewing: { conversationId: ConversationId; mode: 'viewing' | 'replying' | 'noting' | 'left' }
}
