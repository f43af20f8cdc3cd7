import type { ConversationId, MessageId, QueueId } from '../ids.ts'
import type { Author, ReaderKind } from '../people.ts'
import type {
  About,
  Answer,
  Counterpart,
  EventPayloads,
  EventType,
  PublicCustomer,
  PublicMember,
  Withheld,
} from '../protocol/events.ts'
import type { ConversationStatus } from '../protocol/reading.ts'
import { erasedFold } from './erasure.ts'
import { withoutMember } from './former-member.ts'
import { maskedAnswers } from './masked.ts'
import { heldBy, letGo, type ModeratedPart, moderated, unmoderated } from './moderation.ts'
import { isRoom } from './room.ts'

/** What a conversation is after some of its events: the same fold on the server and in every client. */
export interface Conversation extends ModeratedPart {
  conversationId: ConversationId
  status: ConversationStatus
  with: Counterpart
  queue: { id: QueueId; name: string }
  about: About
  customer: PublicCustomer
  topic: { id: string; label: string } | null
  answers: Answer[]
  assignee: PublicMember | null
  offer: { to: PublicMember; untilAt: string } | null
  isLeftMessage: boolean
  snoozedUntilAt: string | null
  startedAt: string
  closedAt: string | null
  /** Since when the answering side owes a reply. */
  waitingSince: string | null
  lastMessage: {
    messageId: MessageId
    text: string
    by: Author
    at: string
    files: number
    isRedacted?: true
  } | null
  rating: { stars: number; words: string } | null
  /** Messages of each side since the other side's last one, 100 at most. */
  unanswered: { byMembers: number; byCustomer: number }
  /** What was said here is gone for good. */
  isErased?: true
}

/** The part of an event that the fold needs; stored and wire events both have it. */
export type FoldedEvent = {
  [T in EventType]: {
    conversationId: ConversationId
    type: T
    at: string
    by: Author
    payload: EventPayloads[T]
  }
}[EventType]

/** Pure: the same events give the same conversation everywhere. `previous` is null before the first event. */
export function evolve(previous: Conversation | null, event: FoldedEvent | Withheld): Conversation {
  if (event.type === 'conversationStarted') return started(event)
  if (previous === null)
    throw new Error(`The log of ${event.conversationId} does not begin with conversationStarted`)
  return event.type === 'withheld' ? previous : { ...previous, ...changes(previous, event) }
}

function started(event: Extract<FoldedEvent, { type: 'conversationStarted' }>): Conversation {
  const { payload, at } = event
  return {
    conversationId: event.conversationId,
    status: resting({ ...payload, assignee: null }),
    with: payload.with,
    queue: payload.queue,
    about: payload.about,
    customer: payload.customer,
    topic: payload.topic,
    answers: payload.answers,
    assignee: null,
    offer: null,
    isLeftMessage: payload.isLeftMessage,
    snoozedUntilAt: null,
    startedAt: at,
    closedAt: null,
    waitingSince: isRoom(payload) ? null : at,
    lastMessage: null,
    rating: null,
    unanswered: { byMembers: 0, byCustomer: 0 },
    ...unmoderated,
  }
}

function changes(
  previous: Conversation,
  event: Exclude<FoldedEvent, { type: 'conversationStarted' }>,
): Partial<Conversation> {
  switch (event.type) {
    case 'messageSent':
      return {
        lastMessage: {
          messageId: event.payload.messageId,
          text: event.payload.text,
          by: event.by,
          at: event.at,
          files: event.payload.files.length,
        },
        waitingSince:
          event.by.side === 'customer' && !isRoom(previous) ? (previous.waitingSince ?? event.at) : null,
        unanswered: isRoom(previous)
          ? previous.unanswered
          : event.by.side === 'customer'
            ? { byMembers: Math.min(previous.unanswered.byMembers + 1, 100), byCustomer: 0 }
            : { byMembers: 0, byCustomer: Math.min(previous.unanswered.byCustomer + 1, 100) },
        ...(event.payload.heldAs === undefined ? {} : { held: letGo(previous.held, event.payload.heldAs) }),
      }
    case 'customerIdentified':
      return { customer: event.payload.customer }
    case 'offerMade':
      return { status: 'offered', offer: event.payload }
    case 'offerLapsed':
      return { status: previous.assignee ? 'open' : 'waiting', offer: null }
    case 'assigned':
      return {
        status: 'open',
        assignee: event.payload.to,
        offer: null,
        snoozedUntilAt: null,
        ...withoutOwner(previous),
      }
    case 'transferred':
      return {
        with: event.payload.with,
        queue: event.payload.queue,
        assignee: null,
        offer: null,
        snoozedUntilAt: null,
        moderation: unmoderated.moderation,
        // What is over stays over, whosever it is.
        ...(previous.closedAt ? {} : { status: 'waiting', waitingSince: previous.waitingSince ?? event.at }),
      }
    case 'snoozed':
      return { status: 'snoozed', snoozedUntilAt: event.payload.untilAt }
    case 'unsnoozed':
      return { status: resting(previous), snoozedUntilAt: null }
    case 'conversationClosed':
      return {
        status: 'closed',
        closedAt: event.at,
        offer: null,
        snoozedUntilAt: null,
        waitingSince: null,
        hand: null,
        ...withoutGuest(previous),
      }
    case 'conversationReopened':
      return { status: resting(previous), closedAt: null }
    case 'conversationRated':
      return { rating: event.payload }
    case 'messageRestored':
      return reworded(previous, event.payload.messageId, { text: event.payload.text })
    case 'messageRedacted':
      return reworded(previous, event.payload.messageId, { text: '', files: 0, isRedacted: true })
    case 'conversationErased':
      return erasedFold(previous)
    case 'memberErased':
      return withoutMember(previous, event.payload.memberId)
    default:
      return moderated(previous, event)
  }
}

/** Nobody waits in a room. */
function resting(conversation: Pick<Conversation, 'with' | 'assignee'>): ConversationStatus {
  return conversation.assignee || isRoom(conversation) ? 'open' : 'waiting'
}

function reworded(
  { lastMessage }: Conversation,
  messageId: MessageId,
  words: { text: string; files?: 0; isRedacted?: true },
): Partial<Conversation> {
  return lastMessage?.messageId === messageId ? { lastMessage: { ...lastMessage, ...words } } : {}
}

/** Passed on to somebody by its owner: nobody's takeover any more. */
function withoutOwner({ moderation }: Conversation): Partial<Conversation> {
  return moderation.stage === 'takenOver' ? { moderation: unmoderated.moderation } : {}
}

/** Who had only joined has left with the end; who took over stays the owner of what may be opened again. */
function withoutGuest({ moderation }: Conversation): Partial<Conversation> {
  return moderation.stage === 'joined' ? { moderation: unmoderated.moderation } : {}
}

/**
 * The same conversation without what the reader's kind never learns: customers see no offers and no snoozing, nobody but
 * staff sees flags and hands, and what is held is known to its own side; in a room, to its author. Ways to reach the customer
 * are masked for everybody else.
 */
export function asSeenBy(conversation: Conversation, reader: ReaderKind, readerId = ''): Conversation {
  if (reader === 'staff') return withMaskedAnswers(conversation)
  const held = isRoom(conversation) ? heldBy(conversation.held, readerId) : conversation.held
  const ofOthers = {
    hand: null,
    flags: [],
    isHolding: false,
    isBlocked: false,
    held: reader === 'vendor' ? { ...held, customer: [] } : { ...held, vendor: [] },
  }
  if (reader === 'vendor') return { ...withMaskedAnswers(conversation), ...ofOthers }
  const { status, assignee } = conversation
  const isHidden = status === 'offered' || status === 'snoozed'
  return {
    ...conversation,
    ...ofOthers,
    status: isHidden ? (assignee ? 'open' : 'waiting') : status,
    offer: null,
    snoozedUntilAt: null,
  }
}

function withMaskedAnswers(conversation: Conversation): Conversation {
  const answers = maskedAnswers(conversation.answers)
  return answers === conversation.answers ? conversation : { ...conversation, answers }
}
