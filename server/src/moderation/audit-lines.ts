import { isRoom, isWatchedOver } from '@parley/shared/conversation/room.ts'
import type { Actor } from '@parley/shared/people.ts'
import type { AuditLine } from '../app/audit.ts'
import type { Held, StoredEvent } from '../conversations/index.ts'

interface Audited {
  actor: Actor
  line: AuditLine
}

/**
 * One line for each act of moderation, in the log's order. A reporter's words stay out of it: the audit holds nothing that
 * a customer wrote.
 */
export function auditLinesOf(before: Held | null, held: Held, events: readonly StoredEvent[]): Audited[] {
  const lines: Audited[] = []
  for (const event of events) {
    const act = actOf(event, before ?? held)
    if (act === undefined) continue
    const reason = reasonOf(event, events)
    lines.push({
      actor: actorBehind(event, events),
      line: {
        action: act.action,
        object: `${act.messageId ? `message:${act.messageId} in ` : ''}conversation:${event.conversationId}`,
        ...(reason === undefined ? {} : { reason }),
        ...(event.requestId === null ? {} : { requestId: event.requestId }),
      },
    })
  }
  return lines
}

function actOf(event: StoredEvent, held: Held): { action: string; messageId?: string | null } | undefined {
  switch (event.type) {
    case 'conversationStarted':
      return isRoom(event.payload) ? { action: 'room.open' } : undefined
    case 'whisperSent':
      return { action: 'moderation.whisper', messageId: event.payload.messageId }
    case 'moderatorJoined':
      return { action: 'moderation.join' }
    case 'moderatorLeft':
      return { action: 'moderation.leave' }
    case 'takenOver':
      return { action: 'moderation.takeOver' }
    case 'handedBack':
      return { action: 'moderation.handBack' }
    case 'holdingStarted':
      return { action: 'moderation.startHolding' }
    case 'holdingStopped':
      return { action: 'moderation.stopHolding' }
    case 'messageSent':
      return event.payload.heldAs === undefined
        ? undefined
        : { action: 'moderation.release', messageId: event.payload.messageId }
    case 'vendorMessageRejected':
    case 'customerMessageRejected':
      return { action: 'moderation.reject', messageId: event.payload.messageId }
    case 'messageRestored':
      return { action: 'moderation.restore', messageId: event.payload.messageId }
    case 'messageRedacted':
      return { action: 'message.redact', messageId: event.payload.messageId }
    case 'flagsResolved':
      return { action: `flags.${event.payload.verdict}`, messageId: event.payload.messageId }
    case 'conversationReported':
      return { action: 'conversation.report', messageId: event.payload.messageId }
    case 'handRaised':
      return { action: 'hand.raise' }
    case 'handLowered':
      return { action: 'hand.lower' }
    case 'customerBlocked':
      return { action: 'contact.block' }
    case 'customerUnblocked':
      return { action: 'contact.unblock' }
    case 'conversationClosed':
      return event.by.side === 'staff' && isWatchedOver(held.conversation)
        ? { action: 'moderation.end' }
        : undefined
    default:
      return undefined
  }
}

function reasonOf(event: StoredEvent, events: readonly StoredEvent[]): string | undefined {
  if (event.type === 'handRaised') return event.payload.reason
  const explained = explanationOf(event, events)
  return explained?.type === 'moderationExplained' ? explained.payload.reason : undefined
}

/** Of the same wish: several wishes may share a commit. */
function explanationOf(event: StoredEvent, events: readonly StoredEvent[]): StoredEvent | undefined {
  return events.find(
    ({ type, requestId, actorId }) =>
      type === 'moderationExplained' && requestId === event.requestId && actorId === event.actorId,
  )
}

/** A released message is its author's; who released it is known by the explanation. */
function actorBehind(event: StoredEvent, events: readonly StoredEvent[]): Actor {
  const by = explanationOf(event, events)?.by ?? event.by
  const { siteId, actorId } = event
  if (by.side === 'customer')
    return {
      kind: 'customer',
      siteId,
      visitorId: '',
      contactId: actorId,
      role: 'buyer',
      isVerified: true,
      name: by.name,
      orders: [],
      vendorId: null,
    }
  return {
    kind: 'member',
    siteId,
    memberId: actorId,
    accountId: '',
    role: by.side === 'vendor' ? 'vendor' : by.party === 'moderator' ? 'moderator' : 'csr',
    name: by.name,
    vendorId: null,
    vendorName: null,
    queueIds: [],
  }
}
