import type { MessageId } from '../ids.ts'
import type { WireEvent } from '../protocol/events.ts'

/** What became of messages after they were sent or held, as far as these events tell. */
export interface Fates {
  /** Held ids whose message has been released as another. */
  released: Set<MessageId>
  /** What the sender of a held message was told. */
  rejected: Map<MessageId, string>
  /** The original of a masked message. */
  restored: Map<MessageId, string>
}

export function fatesOf(events: readonly WireEvent[]): Fates {
  const fates: Fates = { released: new Set(), rejected: new Map(), restored: new Map() }
  for (const { type, payload } of events) {
    if (type === 'messageSent' && payload.heldAs !== undefined) fates.released.add(payload.heldAs)
    else if (type === 'vendorMessageRejected' || type === 'customerMessageRejected')
      fates.rejected.set(payload.messageId, payload.words)
    else if (type === 'messageRestored') fates.restored.set(payload.messageId, payload.text)
  }
  return fates
}
