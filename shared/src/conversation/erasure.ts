import type { Author } from '../people.ts'
import type { Counterpart, EventPayloads, EventType, PublicCustomer, Withheld } from '../protocol/events.ts'
import type { Conversation } from './conversation.ts'

/** What stands where a person's name was. */
export const erasedName = 'Erased'
/** What stands where somebody's words about it were. */
const erasedWords = '…'

type Told =
  | { [T in EventType]: { type: T; by: Author; payload: EventPayloads[T] } }[EventType]
  | Pick<Withheld, 'type' | 'by' | 'payload'>

type NothingOfThePerson =
  | 'offerMade'
  | 'offerLapsed'
  | 'assigned'
  | 'transferred'
  | 'snoozed'
  | 'unsnoozed'
  | 'conversationClosed'
  | 'conversationReopened'
  | 'moderatorJoined'
  | 'moderatorLeft'
  | 'takenOver'
  | 'handedBack'
  | 'holdingStarted'
  | 'holdingStopped'
  | 'messageFlagged'
  | 'flagsResolved'
  | 'messageRedacted'
  | 'handLowered'
  | 'customerBlocked'
  | 'customerUnblocked'
  | 'conversationErased'
  | 'memberErased'
  | 'withheld'

/**
 * What is left of an event once its conversation was erased: at rest, and in every client that has it. That it happened,
 * when, by which side and where it stands stay; what anybody wrote, gave or named does not, whoever wrote it: it was about
 * the person.
 */
export function afterErasure<Event extends Told>(event: Event): Event {
  return { ...event, by: erasedAuthor(event.by), payload: payloadOf(event) }
}

function payloadOf(event: Told): EventPayloads[EventType] {
  const { type, payload } = event
  switch (type) {
    case 'conversationStarted':
      return {
        ...payload,
        with: erasedCounterpart(payload.with),
        about: {},
        answers: [],
        customer: erasedCustomer(payload.customer),
      }
    case 'contactDetailsGiven':
      return { answers: [] }
    case 'customerIdentified':
      return { customer: erasedCustomer(payload.customer) }
    case 'messageSent':
      return { ...payload, text: '', files: [], isRedacted: true }
    case 'vendorMessageHeld':
    case 'customerMessageHeld':
      return { ...payload, text: '', files: [] }
    case 'noteAdded':
      return { ...payload, text: erasedWords, mentions: [] }
    case 'whisperSent':
      return { ...payload, text: erasedWords }
    case 'messageRestored':
      return { ...payload, text: '' }
    case 'originalKept':
      return { ...payload, sealed: '' }
    case 'conversationRated':
      return { ...payload, words: '' }
    case 'transcriptRequested':
      return { to: erasedWords }
    case 'vendorMessageRejected':
    case 'customerMessageRejected':
      return { ...payload, words: erasedWords }
    case 'transferExplained':
    case 'moderationExplained':
    case 'conversationReported':
    case 'handRaised':
      return { ...payload, reason: erasedWords }
    default:
      return (event satisfies { type: NothingOfThePerson }).payload
  }
}

/** The same for what was folded already: folding what is left gives exactly this. */
export function erasedFold(previous: Conversation): Partial<Conversation> {
  const { customer, lastMessage, rating, hand } = previous
  return {
    isErased: true,
    with: erasedCounterpart(previous.with),
    about: {},
    answers: [],
    customer: erasedCustomer(customer),
    lastMessage: lastMessage && {
      ...lastMessage,
      text: '',
      files: 0,
      isRedacted: true,
      by: erasedAuthor(lastMessage.by),
    },
    rating: rating && { ...rating, words: '' },
    hand: hand && { ...hand, reason: erasedWords, by: erasedAuthor(hand.by) },
  }
}

function erasedAuthor(by: Author): Author {
  return by.side === 'customer' ? { ...by, name: erasedName } : by
}

/** The others in a room are people too, and what was said there was said to them. */
function erasedCounterpart(counterpart: Counterpart): Counterpart {
  if (counterpart.kind !== 'buyers') return counterpart
  return {
    ...counterpart,
    name: erasedName,
    members: counterpart.members.map(({ id }) => ({ id, name: erasedName })),
  }
}

function erasedCustomer(customer: PublicCustomer): PublicCustomer {
  return { ...customer, name: erasedName }
}
