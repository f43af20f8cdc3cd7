import type { ReaderKind } from '@parley/shared/people.ts'
import type { Parts } from '../app/parts.ts'
import type { Bus } from '../cluster/index.ts'
import { type Held, heldOf, type Log } from '../conversations/index.ts'
import { rowFor } from '../inbox/index.ts'
import { openMentionsIn } from '../mentions/index.ts'
import { isFollowedHere } from './following.ts'
import { listRooms, rooms } from './rooms.ts'
import type { Realtime } from './socket-server.ts'
import { type HeadRow, headsWrittenSince } from './store.ts'

const everyMs = 2_000
const readers = ['customer', 'vendor', 'staff'] as const

/**
 * Announcements are hints: a node may die between commit and announcement, and Redis may be gone. Each node tells its
 * own followers the heads of what was written elsewhere; who holds less asks for the rest. Needed only where several
 * nodes share one database.
 */
export function createHeads(
  parts: Parts,
  log: Log,
  realtime: Pick<Realtime, 'io' | 'weigh' | 'onHeard' | 'tellMentions'>,
  bus: Bus,
): { start(): Promise<void>; stop(): void } {
  const { io } = realtime
  let timer: ReturnType<typeof setInterval> | undefined
  let isBusy = false
  let since: string | null = null
  /** Up to which event everything was announced or told here. */
  const known = new Map<string, number>()
  const told = new Map<string, HeadRow>()

  /** Only what joins on without a hole: before it, another node may have written what was never heard of here. */
  function joinOn(conversationId: string, before: number, after: number): void {
    if ((known.get(conversationId) ?? 0) === before) known.set(conversationId, after)
  }
  if (parts.database.engine === 'postgres') {
    log.onCommitted((commits) => {
      for (const { before, held } of commits)
        joinOn(held.conversation.conversationId, before?.heads.staff ?? 0, held.heads.staff)
    })
    realtime.onHeard(joinOn)
  }

  async function look(): Promise<void> {
    const isDeaf = bus.state() !== 'connected'
    const earlier = [...known.keys(), ...told.keys()]
    const { heads, until } = await headsWrittenSince(parts.database, since)
    const recent = new Set(heads.map((head) => head.conversationId))
    for (const conversationId of earlier)
      if (!recent.has(conversationId)) {
        known.delete(conversationId)
        told.delete(conversationId)
      }
    const missed = heads.filter((head) => (known.get(head.conversationId) ?? 0) < head.staff)
    if (missed.length > 0) await tellMissed(missed, isDeaf)
    // What could not be told is found again.
    since = until
  }

  async function tellMissed(missed: readonly HeadRow[], isDeaf: boolean): Promise<void> {
    const mentions = await openMentionsIn(
      parts.database,
      missed.map((head) => head.conversationId),
    )
    const isCalled = new Set(mentions.map(({ conversationId }) => conversationId))
    const wanted = missed.filter(
      ({ conversationId }) => isDeaf || isCalled.has(conversationId) || isFollowedHere(io, conversationId),
    )
    const ids = wanted.map((head) => head.conversationId)
    const found = ids.length === 0 ? [] : await heldOf(parts.database, ids)
    // Whoever lost the right by it is not told that something happened either.
    for (const held of found) realtime.weigh(held)
    const moved = new Map(missed.map((head) => [head.conversationId, tellFollowers(head)]))
    for (const held of found) {
      const { conversationId } = held.conversation
      realtime.tellMentions(
        held,
        mentions.filter((mention) => mention.conversationId === conversationId),
      )
      const head = wanted.find((candidate) => candidate.conversationId === conversationId)
      if (isDeaf && head) tellLists(held, head, moved.get(conversationId) ?? [])
    }
  }

  /** A head that has not moved would tell that something happened which this reader must not know of. */
  function tellFollowers(head: HeadRow): ReaderKind[] {
    const { conversationId } = head
    const before = told.get(conversationId)
    told.set(conversationId, head)
    known.set(conversationId, Math.max(known.get(conversationId) ?? 0, head.staff))
    const moved = readers.filter((reader) => head[reader] !== null && before?.[reader] !== head[reader])
    for (const reader of moved) {
      const position = head[reader] ?? 0
      io.local.to(rooms.conversation(conversationId, reader)).emit('head', { conversationId, position })
    }
    return moved
  }

  /** Offers and new conversations show in lists only: while no hint arrives, they come from here. */
  function tellLists(held: Held, head: HeadRow, moved: readonly ReaderKind[]): void {
    const lists = listRooms(held)
    for (const reader of moved) {
      const at = head.movedAt[reader]
      if (at && lists[reader].length > 0)
        io.local.to(lists[reader]).emit('hint:inbox', rowFor(held, reader, at.toISOString()))
    }
  }

  return {
    async start() {
      if (parts.database.engine === 'embedded') return
      // From before the first client: what is written after this is seen by the first look.
      since = (await headsWrittenSince(parts.database, null)).until
      timer = setInterval(() => {
        if (isBusy) return
        isBusy = true
        look()
          .catch((error) => parts.logger.warn({ err: error }, 'Heads could not be read.'))
          .finally(() => {
            isBusy = false
          })
      }, everyMs)
    },
    stop: () => clearInterval(timer),
  }
}
