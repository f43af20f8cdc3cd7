import type { ReaderKind } from '@parley/shared/people.ts'
import type { WireEvent } from '@parley/shared/protocol/events.ts'
import type { History, StoredEvent } from '../history.ts'

/** A list of events that somebody ends with, and whose. */
export interface FinalList {
  where: string
  reader: ReaderKind
  conversationId: string
  events: readonly WireEvent[]
}

export function finalLists(history: History): FinalList[] {
  const readerOf = new Map(history.clients.map(({ name, reader }) => [name, reader]))
  return [
    ...history.readings.map(({ node, ...rest }) => ({ where: `${rest.reader} on ${node}`, ...rest })),
    ...history.models.map(({ client, conversationId, events }) => ({
      where: client,
      reader: readerOf.get(client) ?? ('staff' as const),
      conversationId,
      events,
    })),
  ]
}

export function byConversation<Row extends { conversationId: string }>(
  rows: readonly Row[],
): Map<string, Row[]> {
  const found = new Map<string, Row[]>()
  for (const row of rows) found.set(row.conversationId, [...(found.get(row.conversationId) ?? []), row])
  return found
}

/** The store as one reader kind must see it. */
export function projected(stored: readonly StoredEvent[], reader: ReaderKind): WireEvent[] {
  return stored
    .filter(({ positions }) => positions[reader] !== null)
    .sort((one, other) => one.seq - other.seq)
    .map(({ event, positions }) => ({ ...event, position: positions[reader] }) as WireEvent)
}
