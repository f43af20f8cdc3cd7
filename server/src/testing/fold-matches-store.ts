import type { ConversationFeed } from '@parley/shared/client/feed.ts'
import { asSeenBy, type Conversation, evolve } from '@parley/shared/conversation/conversation.ts'
import type { ReaderKind } from '@parley/shared/people.ts'
import type { WireEvent } from '@parley/shared/protocol/events.ts'
import { expect } from 'vitest'
import { eventsAfter, findHeld, toWire } from '../conversations/index.ts'
import type { Marlow } from './marlow.ts'
import { waitFor } from './wait-for.ts'

/** Replayed log = stored projection = what each connected client holds; fails when there was nothing to compare. */
export async function expectFoldToMatchStore(
  site: Marlow,
  conversationId: string,
  clients: readonly { reader: ReaderKind; feed: ConversationFeed; readerId?: string }[],
): Promise<void> {
  const { database } = site.world.parts
  const held = await findHeld(database, conversationId)
  const stored = await eventsAfter(database, conversationId, 'staff', 0, 100_000)
  expect(stored.length).toBeGreaterThan(1)
  expect(stored.map((event) => event.positions.staff)).toEqual(stored.map((_, index) => index + 1))
  const folded = stored.reduce<Conversation | null>((before, event) => evolve(before, event), null)
  expect(held?.conversation).toEqual(folded)

  for (const { reader, feed, readerId } of clients) {
    const expected = stored
      .map((event) => toWire(event, reader, readerId))
      .filter((event): event is WireEvent => event !== undefined)
    await waitFor(() => feed.get().events.length === expected.length)
    expect(feed.get().events).toEqual(expected)
    expect(feed.get().events.map((event) => event.position)).toEqual(expected.map((_, index) => index + 1))
    expect(feed.get().conversation).toEqual(folded && asSeenBy(folded, reader, readerId))
    expect(feed.get().pending).toEqual([])
  }
}
