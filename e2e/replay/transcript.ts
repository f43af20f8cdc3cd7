import type { WireEvent } from '@parley/shared/protocol/events.ts'
import type { Turn } from './conversation.ts'

/** One message as one party holds it. */
export interface Said extends Turn {
  messageId: string
  /** In that party's own stream. */
  position: number
}

export function said(events: readonly WireEvent[]): Said[] {
  return events.flatMap((event): Said[] => {
    if (event.type !== 'messageSent') return []
    const { messageId, text } = event.payload
    const by = event.by.side === 'customer' ? 'customer' : 'agent'
    return [{ by, text, messageId, position: event.position }]
  })
}

/** Positions are dense from 1: a hole or a repeat is a stream that does not add up. */
export function isDense(events: readonly WireEvent[]): boolean {
  return events.every((event, index) => event.position === index + 1)
}
