import type { ReaderKind } from '@parley/shared/people.ts'
import { readerKindsOf } from '@parley/shared/protocol/events.ts'
import { type Committed, type Held, toWire } from '../conversations/index.ts'
import { rowFor } from '../inbox/index.ts'
import { listRooms, rooms } from './rooms.ts'
import type { ParleyServer } from './socket-types.ts'

/** Rows of lists are gathered for this long: a busy conversation costs its watchers one row, not one each message. */
const gatherMs = 120

/** After the commit, each event goes to the rooms of its audience, as that audience sees it. */
export function createFanOut(io: ParleyServer): {
  announce(commits: readonly Committed[]): void
  stop(): void
} {
  const gathered = new Map<string, { held: Held; at: string }>()
  let timer: ReturnType<typeof setTimeout> | undefined

  function announce(commits: readonly Committed[]): void {
    for (const { held, events } of commits) {
      for (const event of events)
        for (const reader of readerKindsOf(event.type)) {
          const wire = toWire(event, reader)
          if (wire) io.to(rooms.conversation(event.conversationId, reader)).emit('event', wire)
        }
      const at = events.at(-1)?.at
      if (at !== undefined) gathered.set(held.conversation.conversationId, { held, at })
    }
    timer ??= setTimeout(tellLists, gatherMs)
  }

  function tellLists(): void {
    timer = undefined
    for (const { held, at } of gathered.values()) {
      const lists = listRooms(held)
      for (const reader of Object.keys(lists) as ReaderKind[])
        if (lists[reader].length > 0) io.to(lists[reader]).emit('hint:inbox', rowFor(held, reader, at))
    }
    gathered.clear()
  }

  return { announce, stop: () => clearTimeout(timer) }
}
