import type { MessageId } from '../ids.ts'
import type { Author } from '../people.ts'
import type { EventPayloads, PublicMember } from '../protocol/events.ts'
import type { Conversation, FoldedEvent } from './conversation.ts'
import { isRoom } from './room.ts'

/** How far a moderator has stepped in; everybody in the conversation may know. Watching leaves no trace here. */
export interface Moderation {
  stage: 'none' | 'joined' | 'takenOver'
  moderator: PublicMember | null
  /** Who answered before the takeover and gets it back. */
  from: PublicMember | null
}

/** What somebody should look at: flags of one message, or a report of the conversation as a whole. */
export interface OpenFlag {
  messageId: MessageId | null
  kinds: string[]
}

/** Messages kept back from the other side, by who wrote them; in a room each has its author in `by`. */
export interface Held {
  vendor: MessageId[]
  customer: MessageId[]
  by?: Record<MessageId, string>
}

/** What moderation adds to a conversation: what is held is for its own side, all but that and the stage for staff. */
export interface ModeratedPart {
  moderation: Moderation
  hand: { by: Author; reason: string; at: string } | null
  /** Not yet resolved, oldest first. */
  flags: OpenFlag[]
  held: Held
  /** Whatever the vendor's side writes now waits for a moderator; in a room, whatever anybody writes. */
  isHolding: boolean
  isBlocked: boolean
}

export const unmoderated: ModeratedPart = {
  moderation: { stage: 'none', moderator: null, from: null },
  hand: null,
  flags: [],
  held: { vendor: [], customer: [] },
  isHolding: false,
  isBlocked: false,
}

/** Beyond this the oldest is let go: a conversation is a fold in memory, not an archive of flags. */
const mostFlags = 100

/** Facts that change nothing of what a conversation is. */
type Unfolded =
  | 'contactDetailsGiven'
  | 'noteAdded'
  | 'whisperSent'
  | 'moderationExplained'
  | 'originalKept'
  | 'transferExplained'
  | 'transcriptRequested'

type ModerationEvent = Extract<
  FoldedEvent,
  {
    type:
      | 'moderatorJoined'
      | 'moderatorLeft'
      | 'takenOver'
      | 'handedBack'
      | 'holdingStarted'
      | 'holdingStopped'
      | 'vendorMessageHeld'
      | 'customerMessageHeld'
      | 'vendorMessageRejected'
      | 'customerMessageRejected'
      | 'messageFlagged'
      | 'flagsResolved'
      | 'conversationReported'
      | 'handRaised'
      | 'handLowered'
      | 'customerBlocked'
      | 'customerUnblocked'
      | Unfolded
  }
>

export function moderated(previous: Conversation, event: ModerationEvent): Partial<Conversation> {
  const { flags, held } = previous
  switch (event.type) {
    case 'moderatorJoined':
      return { moderation: { stage: 'joined', moderator: event.payload.moderator, from: null } }
    case 'moderatorLeft':
      return { moderation: unmoderated.moderation }
    case 'takenOver':
      return takenOver(previous, event.payload)
    case 'handedBack':
      return handedBack(previous, event.payload, event.at)
    case 'holdingStarted':
    case 'holdingStopped':
      return { isHolding: event.type === 'holdingStarted' }
    case 'vendorMessageHeld':
      return { held: withHeld(held, 'vendor', event.payload) }
    case 'customerMessageHeld':
      return { held: withHeld(held, 'customer', event.payload) }
    case 'vendorMessageRejected':
    case 'customerMessageRejected':
      return { held: letGo(held, event.payload.messageId) }
    case 'messageFlagged':
      return {
        flags: withFlag(
          flags,
          event.payload.messageId,
          event.payload.flags.map(({ kind }) => kind),
        ),
      }
    case 'conversationReported':
      return { flags: withFlag(flags, event.payload.messageId, ['reported']) }
    case 'flagsResolved':
      return { flags: flags.filter(({ messageId }) => messageId !== event.payload.messageId) }
    case 'handRaised':
      return { hand: { by: event.by, reason: event.payload.reason, at: event.at } }
    case 'handLowered':
      return { hand: null }
    case 'customerBlocked':
    case 'customerUnblocked':
      return { isBlocked: event.type === 'customerBlocked' }
    default:
      event satisfies { type: Unfolded }
      return {}
  }
}

function takenOver(
  previous: Conversation,
  { moderator, from }: EventPayloads['takenOver'],
): Partial<Conversation> {
  return {
    status: previous.status === 'closed' ? 'closed' : 'open',
    assignee: moderator,
    offer: null,
    snoozedUntilAt: null,
    moderation: { stage: 'takenOver', moderator, from },
  }
}

function handedBack(
  previous: Conversation,
  { to }: EventPayloads['handedBack'],
  at: string,
): Partial<Conversation> {
  const isClosed = previous.status === 'closed'
  return {
    status: isClosed ? 'closed' : to || isRoom(previous) ? 'open' : 'waiting',
    assignee: to,
    snoozedUntilAt: null,
    waitingSince: isClosed || to || isRoom(previous) ? previous.waitingSince : (previous.waitingSince ?? at),
    moderation: unmoderated.moderation,
  }
}

function withHeld(
  held: Held,
  side: 'vendor' | 'customer',
  { messageId, authorId }: EventPayloads['vendorMessageHeld'],
): Held {
  const more = { ...held, [side]: [...held[side], messageId] }
  return authorId === undefined ? more : { ...more, by: { ...held.by, [messageId]: authorId } }
}

/** A held message that was rejected, or released as another. */
export function letGo(held: Held, messageId: MessageId): Held {
  return only(held, (candidate) => candidate !== messageId)
}

/** In a room a side is many, and what is held is its author's alone. */
export function heldBy(held: Held, readerId: string): Held {
  return only(held, (messageId) => held.by?.[messageId] === readerId)
}

function only({ vendor, customer, by }: Held, isKept: (messageId: MessageId) => boolean): Held {
  const kept = { vendor: vendor.filter(isKept), customer: customer.filter(isKept) }
  if (by === undefined) return kept
  const authors = Object.entries(by).filter(([messageId]) => isKept(messageId))
  return authors.length === 0 ? kept : { ...kept, by: Object.fromEntries(authors) }
}

function withFlag(flags: OpenFlag[], messageId: MessageId | null, kinds: string[]): OpenFlag[] {
  const before = flags.find((flag) => flag.messageId === messageId)
  const merged = { messageId, kinds: [...new Set([...(before?.kinds ?? []), ...kinds])] }
  return [...flags.filter((flag) => flag !== before), merged].slice(-mostFlags)
}
