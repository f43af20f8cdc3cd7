import type { ReaderKind } from '@parley/shared/people.ts'
import { readerKindsOf } from '@parley/shared/protocol/events.ts'
import { type Committed, type Held, type StoredEvent, toWire } from '../conversations/index.ts'
import { rowFor } from '../inbox/index.ts'
import { forgetInLists, isDecisive, releaseFollowers } from './following.ts'
import { listRooms, rooms } from './rooms.ts'
import type { ParleyServer } from './socket-types.ts'

/** Rows of lists are gathered for this long: a busy conversation costs its watchers one row, not one each message. */
const gatherMs = 120

/** When each reader kind's stream last moved: a row is told only to those for whom something happened. */
type MovedAt = Partial<Record<ReaderKind, string>>

/** After the commit, each event goes to the rooms of its audience, as that audience sees it. */
export function createFanOut(io: ParleyServer): {
  announce(commits: readonly Committed[]): void
  stop(): void
} {
  const gathered = new Map<string, { held: Held; movedAt: MovedAt }>()
  let timer: ReturnType<typeof setTimeout> | undefined

  function announce(commits: readonly Committed[]): void {
    for (const { before, held, events } of commits) {
      for (const event of events) {
        tellFollowers(event)
        // Several wishes share a commit: who loses the right by one must not hear the next.
        if (before && isDecisive(event)) releaseFollowers(io, held)
      }
      if (before && events.some(isDecisive)) forgetInLists(io, before, held)
      gather(held, events)
    }
    timer ??= setTimeout(tellLists, gatherMs)
  }

  function tellFollowers(event: StoredEvent): void {
    for (const reader of readerKindsOf(event.type)) {
      const wire = toWire(event, reader)
      if (wire) io.to(rooms.conversation(event.conversationId, reader)).emit('event', wire)
    }
  }

  function gather(held: Held, events: readonly StoredEvent[]): void {
    const { conversationId } = held.conversation
    const movedAt = { ...gathered.get(conversationId)?.movedAt }
    for (const event of events) for (const reader of readerKindsOf(event.type)) movedAt[reader] = event.at
    gathered.set(conversationId, { held, movedAt })
  }

  function tellLists(): void {
    timer = undefined
    for (const { held, movedAt } of gathered.values()) {
      const lists = listRooms(held)
      for (const reader of Object.keys(lists) as ReaderKind[]) {
        const at = movedAt[reader]
        if (at !== undefined && lists[reader].length > 0)
          io.to(lists[reader]).emit('hint:inbox', rowFor(held, reader, at))
      }
    }
    gathered.clear()
  }

  return { announce, stop: () => clearTimeout(timer) }
}
