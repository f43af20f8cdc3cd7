import { isRoom } from '@parley/shared/conversation/room.ts'
import type { ModerationAct, WireEvent } from '@parley/shared/protocol/events.ts'
import { comingTime, counted } from '../times.ts'
import { flagWord } from './flag-words.ts'

export type QuietEvent = Exclude<
  WireEvent,
  {
    type:
      | 'messageSent'
      | 'noteAdded'
      | 'whisperSent'
      | 'vendorMessageHeld'
      | 'customerMessageHeld'
      | 'originalKept'
      | 'memberErased'
      | 'withheld'
  }
>

/** One plain sentence for each fact that is not somebody's words. */
export function describeEvent(event: QuietEvent, ownId: string, now: number, isInRoom = false): string {
  const by = event.by.id === ownId ? 'You' : event.by.name
  const isSystem = event.by.side === 'system'
  switch (event.type) {
    case 'conversationStarted': {
      if (isRoom(event.payload)) return `${by} opened the room ${event.payload.with.name}`
      const topic = event.payload.topic ? ` about ${event.payload.topic.label}` : ''
      const how = event.payload.isLeftMessage ? 'left a message for' : 'started a conversation with'
      return `${event.payload.customer.name} ${how} ${event.payload.with.name}${topic}`
    }
    case 'contactDetailsGiven': {
      const what = [event.payload.email && 'an email address', answersWord(event.payload.answers.length)]
      return `${by} gave ${what.filter(Boolean).join(' and ') || 'contact details'}`
    }
    case 'customerIdentified':
      return `${event.payload.customer.name} signed in`
    case 'offerMade':
      return `Offered to ${nameOf(event.payload.to, ownId)}`
    case 'offerLapsed': {
      const who = nameOf(event.payload.to, ownId, true)
      const why = {
        declined: 'declined the offer',
        timedOut: 'did not answer the offer',
        unavailable: 'was not available',
      }
      return `${who} ${who === 'You' && event.payload.why === 'unavailable' ? 'were not available' : why[event.payload.why]}`
    }
    case 'assigned': {
      const who = nameOf(event.payload.to, ownId, true)
      if (event.payload.how === 'taken') return `${who} took the conversation`
      if (event.payload.how === 'offered') return `${who} accepted the conversation`
      return `Passed on to ${nameOf(event.payload.to, ownId)}`
    }
    case 'transferred':
      return isSystem
        ? `Moved to ${event.payload.queue.name}`
        : `${by} passed the conversation on to ${event.payload.queue.name}`
    case 'transferExplained':
      return `${isSystem ? 'Reason' : `${by} wrote why`}: “${event.payload.reason}”`
    case 'snoozed':
      return `${by} snoozed it until ${comingTime(event.payload.untilAt, now)}`
    case 'unsnoozed': {
      const why = {
        dueAt: 'The snooze ended',
        reply: 'A reply ended the snooze',
        member: `${by} ended the snooze`,
      }
      return why[event.payload.why]
    }
    case 'conversationClosed':
      return event.payload.why === 'resolved'
        ? `${by} resolved the conversation`
        : `${by} ended the conversation`
    case 'conversationReopened':
      return event.payload.why === 'reply'
        ? 'A reply reopened the conversation'
        : `${by} reopened the conversation`
    case 'conversationRated': {
      const words = event.payload.words.trim()
      return `${by} gave ${counted(event.payload.stars, 'star')} of 5${words === '' ? '' : `: “${words}”`}`
    }
    case 'transcriptRequested':
      return `${by} asked for the transcript by email`
    case 'moderatorJoined':
      return `${nameOf(event.payload.moderator, ownId, true)} joined as moderator`
    case 'moderatorLeft':
      return `${nameOf(event.payload.moderator, ownId, true)} left as moderator`
    case 'takenOver': {
      const from = event.payload.from ? ` from ${nameOf(event.payload.from, ownId)}` : ''
      return `${nameOf(event.payload.moderator, ownId, true)} took over${from} as moderator`
    }
    case 'handedBack':
      return `${nameOf(event.payload.moderator, ownId, true)} handed back to ${
        event.payload.to ? nameOf(event.payload.to, ownId) : isInRoom ? 'everybody in the room' : 'the queue'
      }`
    case 'holdingStarted':
      return `${by} began to hold ${isInRoom ? 'what is written here' : 'what the vendor writes'}`
    case 'holdingStopped':
      return `${by} stopped holding ${isInRoom ? 'what is written here' : 'what the vendor writes'}`
    case 'moderationExplained':
      return `${by} wrote why ${by === 'You' ? 'you' : 'they'} ${actWords[event.payload.act]}: “${event.payload.reason}”`
    case 'vendorMessageRejected':
    case 'customerMessageRejected':
      return `The moderator did not let a held message through: “${event.payload.words}”`
    case 'messageFlagged':
      return `Flagged: ${event.payload.flags.map(({ kind }) => flagWord(kind)).join(', ')}`
    case 'flagsResolved':
      return event.payload.verdict === 'confirmed' ? `${by} confirmed a flag` : `${by} dismissed a flag`
    case 'messageRestored':
      return `${by} restored a masked message`
    case 'messageRedacted':
      return `${by} redacted a message`
    case 'conversationReported':
      return `${by} reported ${event.payload.messageId === null ? 'the conversation' : 'a message'}: “${event.payload.reason}”`
    case 'handRaised':
      return `${by} raised a hand for a moderator: “${event.payload.reason}”`
    case 'handLowered':
      return `${by} lowered the hand`
    case 'customerBlocked':
      return `${by} blocked the customer`
    case 'customerUnblocked':
      return `${by} unblocked the customer`
    case 'conversationErased':
      return event.payload.why === 'asked'
        ? 'What was said here was erased, because the person asked for it'
        : 'What was said here was erased: its time was over'
  }
  return event satisfies never
}

const actWords: Record<ModerationAct, string> = {
  whisper: 'whispered',
  join: 'joined',
  leave: 'left',
  takeOver: 'took over',
  handBack: 'handed back',
  end: 'ended it',
  startHolding: 'began to hold messages',
  stopHolding: 'stopped holding messages',
  release: 'released a message',
  reject: 'rejected a message',
  restore: 'restored a message',
  redact: 'redacted a message',
  resolveFlags: 'resolved a flag',
  block: 'blocked the customer',
  unblock: 'unblocked the customer',
}

function nameOf(member: { memberId: string; name: string }, ownId: string, isFirst = false): string {
  if (member.memberId === ownId) return isFirst ? 'You' : 'you'
  return member.name
}

function answersWord(count: number): string | null {
  return count === 0 ? null : counted(count, 'answer')
}
