import { hash } from 'node:crypto'
import { type Actor, actorIdOf } from '@parley/shared/people.ts'
import type { StoredEvent } from './held.ts'

/** The same wish makes the same ids on every node and at every try. */
function idFrom(prefix: string, ...parts: string[]): string {
  const digest = hash('sha256', JSON.stringify(parts), 'base64url')
  return `${prefix}_${digest.slice(0, 22)}`
}

export function messageIdOf(actor: Actor, conversationId: string, requestId: string): string {
  return idFrom('msg', conversationId, actorIdOf(actor), requestId)
}

export function conversationIdOf(actor: Actor, requestId: string): string {
  return idFrom('cnv', actor.siteId, actorIdOf(actor), requestId)
}

/** Two vendors have one room, whoever of them begins it. */
export function roomIdOf(siteId: string, vendorIds: readonly string[]): string {
  return idFrom('cnv', 'room', siteId, ...[...vendorIds].sort())
}

/** Of the message that a wish wrote, sent or held. */
export function messageIdIn(events: readonly StoredEvent[]): string | undefined {
  for (const { type, payload } of events)
    if (type === 'messageSent' || type === 'vendorMessageHeld' || type === 'customerMessageHeld')
      return payload.messageId
  return undefined
}
