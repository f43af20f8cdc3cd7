import type { Conversation } from '../conversation/conversation.ts'
import type { Moderation } from '../conversation/moderation.ts'
import type { ContactId, ConversationId, MemberId, MessageId, QueueId, SiteId, VendorId } from '../ids.ts'
import type { MemberRole, Party } from '../people.ts'
import type { VendorState } from '../vendors/life-cycle.ts'
import type { Marks } from './ephemeral.ts'
import type {
  About,
  Answer,
  Counterpart,
  PublicCustomer,
  PublicMember,
  RoomCounterpart,
  WireEvent,
} from './events.ts'
import type { DissatisfactionTrend } from './tone.ts'

export type ConversationStatus = 'waiting' | 'offered' | 'open' | 'snoozed' | 'closed'

/** One conversation in a list. Built from what the reader's kind may see, never from notes. */
export interface InboxRow {
  conversationId: ConversationId
  status: ConversationStatus
  customer: PublicCustomer
  with: Counterpart
  queue: { id: QueueId; name: string }
  about: About
  topic: { id: string; label: string } | null
  assignee: PublicMember | null
  offer: { to: PublicMember; untilAt: string } | null
  lastMessage: {
    messageId: MessageId
    text: string
    by: { party: Party; id: string; name: string }
    at: string
    isRedacted?: true
  } | null
  /** Since when somebody on the answering side owes a reply; null while others owe it. */
  waitingSince: string | null
  snoozedUntilAt: string | null
  startedAt: string
  updatedAt: string
  isLeftMessage: boolean
  rating: number | null
  /** Messages of the other side the asking reader has not read, 100 at most. */
  unread: number
  /** Whether a note has called the asking reader; `open` until it was read. Absent in rows told live, which go to many. */
  mention?: 'open' | 'read' | null
  /** Messages of the other side since this side's last one, 100 at most: the same for every reader. */
  unanswered: number
  /** Head of the asking reader's stream. */
  position: number
}

/** One conversation on the moderation board: its row as staff see it, and why somebody should look. */
export interface BoardRow extends InboxRow {
  moderation: Moderation
  need: BoardNeed
}

export interface BoardNeed {
  /** By what the log says; with `ofVendor.score` and `toneNeedOf` the place on the board: higher is more pressing. */
  score: number
  /** Open flags of messages, reports not counted. */
  flags: number
  kinds: string[]
  reports: number
  /** Messages kept back, of both sides. */
  held: number
  hand: { by: string; reason: string; at: string } | null
  isBlocked: boolean
  /** A moderator keeps back what the vendor's side writes; in a room, what anybody writes. */
  isHolding: boolean
  /** As it was when the board was listed, and then as `hint:tone` tells it; null while it cannot be told. */
  dissatisfaction: DissatisfactionTrend | null
  /** A few seconds old at most; null where the conversation is not with a vendor. */
  ofVendor: BoardVendor | null
}

export interface BoardVendor {
  state: VendorState
  isOnProbation: boolean
  /** Of its standing; null while there is too little to go by. */
  verdict: 'good' | 'warning' | 'hard' | null
  /** For this vendor by name, as `switchLinks` left it; whether they are off for all is not told here. */
  areLinksOff: boolean
  score: number
}

export interface BoardPage {
  rows: BoardRow[]
  cursor: string | null
  /** All that are on the board, by what they need. */
  counts: { all: number; flagged: number; held: number; hand: number; reported: number; moderated: number }
}

/** `rooms`: rooms that go on, also in `all`. `mentions`: where a note has called the asker, read or not, closed or not. */
export type InboxView = 'mine' | 'waiting' | 'team' | 'all' | 'rooms' | 'mentions' | 'closed'

/** One stretch of a reader's stream, oldest first. */
export interface EventPage {
  conversationId: ConversationId
  events: WireEvent[]
  /** The reader's head when this was read: more follows while the last position is below it. */
  head: number
  /** The conversation at `head`, as this reader's kind may see it: live events fold onto it. */
  conversation: Conversation
  marks: Marks[]
}

/** Place in line and an honest wait: absent figures mean it cannot be told. */
export interface QueuePlace {
  conversationId: ConversationId
  /** 1 is next. */
  place: number
  waitFromMs?: number
  waitToMs?: number
  /** How many recent chats the range rests on. */
  basedOn: number
  at: string
}

export interface IntakeField {
  id: string
  label: string
  type: 'text' | 'email' | 'longText' | 'choice' | 'order' | 'topic' | 'role'
  isRequired: boolean
  help?: string
  choices?: { id: string; label: string }[]
  /** Only the marketplace sees the answer; the vendor never does. */
  isPrivate: boolean
  /** Ask only for these topics; empty asks always. */
  topics?: string[]
  /** The signed identity's claim that makes the question unnecessary. */
  filledBy?: 'name' | 'email' | 'role' | 'order'
}

export interface IntakeForm {
  intro?: string
  fields: IntakeField[]
}

/** A word of a vendor's standing for those who choose; what is wrong is told to nobody but the vendor and staff. */
export type ShownStanding = 'trusted' | 'new'

/** One answer to “who can help you?”. */
export interface Choice {
  id: string
  with: Exclude<Counterpart, RoomCounterpart>
  /** One line on what this choice is good for. */
  purpose: string
  isAvailable: boolean
  /** Names of people there now, three at most. */
  present: string[]
  usualReplyMs: number | null
  rating: { average: number; count: number } | null
  standing: ShownStanding | null
  /** Opening, when closed: ISO UTC; null when nobody says when. */
  opensAt: string | null
  closesAt: string | null
  waitFromMs?: number
  waitToMs?: number
  form: IntakeForm
}

export interface Choices {
  choices: Choice[]
  me: {
    contactId: ContactId
    name: string | null
    email: string | null
    role: 'buyer' | 'vendor'
    isVerified: boolean
    orders: { id: string; label: string }[]
  }
  /** An earlier anonymous chat of this browser that the signed-in person may take along. */
  movable: ConversationId[]
  canMailTranscript: boolean
  notice: string | null
}

/** The panel beside a conversation, for members. */
export interface ContactView {
  customer: PublicCustomer
  /** Masked; whole by `revealContact`. Vendors never learn whether there is one. */
  email: string | null
  about: About
  /** Ways to reach somebody among them are masked. */
  answers: Answer[]
  orders: { id: string; label: string }[]
  earlier: {
    conversationId: ConversationId
    topic: string
    with: string
    closedAt: string | null
    startedAt: string
    status: ConversationStatus
  }[]
  visitor: {
    locale: string | null
    timeZone: string | null
    page: { url: string; title?: string } | null
  } | null
}

/** How a person uses the keys of the console, in every browser they sign in with. */
export interface Keyboard {
  /** Keys instead of the usual ones, by shortcut: `{ resolve: ['Shift+E'] }`. An empty list is off. */
  keys: Record<string, string[]>
  /** Shortcuts without Ctrl or Alt, as WCAG 2.1.4 wants them to be switched off. */
  hasSingleKeys: boolean
}

export interface Me {
  memberId: MemberId
  accountId: string
  siteId: SiteId
  siteName: string
  name: string
  email: string
  role: MemberRole
  vendorId: VendorId | null
  vendorName: string | null
  /** Of vendor members: where their vendor stands. */
  vendorState: VendorState | null
  /** Rooms of vendors are switched on: a vendor's people may start them, moderators find them. */
  areRoomsOn: boolean
  availability: 'available' | 'away'
  capacity: number
  queueIds: QueueId[]
  hasTotp: boolean
  mustEnrolTotp: boolean
  /** What is typed is shown to moderators who watch, before it is sent. */
  typingPreview: boolean
  keyboard: Keyboard
  sites: { siteId: SiteId; name: string; role: MemberRole }[]
}
