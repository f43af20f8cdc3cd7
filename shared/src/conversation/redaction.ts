import type { EventPayloads, EventType, Withheld } from '../protocol/events.ts'

type Told =
  | { [T in EventType]: { type: T; payload: EventPayloads[T] } }[EventType]
  | Pick<Withheld, 'type' | 'payload'>

/**
 * What is left of an event once a message was redacted: on the server at rest, and in every client that has it. The event
 * itself and its place stay.
 */
export function afterRedaction<Event extends Told>(
  event: Event,
  redacted: EventPayloads['messageRedacted'],
): Event {
  const { type, payload } = event
  switch (type) {
    case 'messageSent':
      return isAbout(payload, redacted)
        ? { ...event, payload: { ...payload, text: '', files: [], isRedacted: true } }
        : event
    case 'vendorMessageHeld':
    case 'customerMessageHeld':
      return isAbout(payload, redacted) ? { ...event, payload: { ...payload, text: '', files: [] } } : event
    case 'messageRestored':
      return isAbout(payload, redacted) ? { ...event, payload: { ...payload, text: '' } } : event
    case 'originalKept':
      return isAbout(payload, redacted) ? { ...event, payload: { ...payload, sealed: '' } } : event
    default:
      return event
  }
}

/** What was held and then released stands in the log twice. */
function isAbout(payload: { messageId: string }, redacted: EventPayloads['messageRedacted']): boolean {
  return payload.messageId === redacted.messageId || payload.messageId === redacted.heldAs
}
