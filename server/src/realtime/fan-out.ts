import type { ReaderKind } from '@parley/shared/people.ts'
import { readerKindsOf, type WireEvent } from '@parley/shared/protocol/events.ts'
import { type Committed, type Held, onlyFor, type StoredEvent, toWire } from '../conversations/index.ts'
import { rowFor } from '../inbox/index.ts'
import { type BoardVendors, boardRowFor, isOnBoard } from '../moderation/index.ts'
import { forgetInLists, isDecisive, releaseFollowers } from './following.ts'
import { listRooms, rooms } from './rooms.ts'
import type { ParleyServer } from './socket-types.ts'

/** Rows of lists are gathered for this long: several facts at once cost their watchers one row. */
const gatherMs = 120
/** A conversation in full swing shows in lists this often; what changes its place or state is told without this wait. */
const quietMs = 1_000

/** When each reader kind's stream last moved: a row is told only to those for whom something happened. */
type MovedAt = Partial<Record<ReaderKind, string>>

interface Row {
  held: Held
  movedAt: MovedAt
  isUrgent: boolean
  isOnBoard: boolean
}

/** After the commit, each event goes to the rooms of its audience, as that audience sees it. */
export function createFanOut(
  io: ParleyServer,
  /** Who is in a room of another node cannot be seen from here. */
  isAlone: boolean,
  boardVendors: BoardVendors,
): {
  announce(commits: readonly Committed[]): void
  stop(): void
} {
  const gathered = new Map<string, Row>()
  const toldAt = new Map<string, number>()
  let timer: ReturnType<typeof setTimeout> | undefined

  // Making a frame for nobody would cost as much as for a full room.
  function isHeard(room: string): boolean {
    return !isAlone || io.of('/').adapter.rooms.has(room)
  }

  function announce(commits: readonly Committed[]): void {
    for (const { before, held, events } of commits) {
      for (const event of events) {
        tellFollowers(event)
        // Several wishes share a commit: who loses the right by one must not hear the next.
        if (before && isDecisive(event)) releaseFollowers(io, held)
      }
      if (before && events.some(isDecisive)) forgetInLists(io, before, held)
      gather(before, held, events)
    }
    timer ??= setTimeout(tellLists, gatherMs)
  }

  function tellFollowers(event: StoredEvent): void {
    if (onlyFor(event) !== undefined) return tellOneOfMany(event)
    const told: { wire: WireEvent; rooms: string[] }[] = []
    for (const reader of readerKindsOf(event.type)) {
      const room = rooms.conversation(event.conversationId, reader)
      const wire = isHeard(room) ? toWire(event, reader) : undefined
      if (!wire) continue
      const same = told.find(
        (other) => other.wire.position === wire.position && other.wire.payload === wire.payload,
      )
      if (same) same.rooms.push(room)
      else told.push({ wire, rooms: [room] })
    }
    // Readers who hold the same position, and of whom no other reads more, receive the same bytes.
    for (const { wire, rooms } of told) io.to(rooms).emit('event', wire)
  }

  /** In a room: its author and staff get it, everybody else its place. */
  function tellOneOfMany(event: StoredEvent): void {
    const authorId = onlyFor(event)
    const own = rooms.own(event.conversationId, authorId ?? '')
    for (const reader of readerKindsOf(event.type)) {
      const room = rooms.conversation(event.conversationId, reader)
      const withheld = toWire(event, reader)
      if (withheld) io.to(room).except(own).emit('event', withheld)
      const whole = reader === 'staff' ? undefined : toWire(event, reader, authorId)
      if (whole) io.to(own).emit('event', whole)
    }
  }

  function gather(before: Held | null, held: Held, events: readonly StoredEvent[]): void {
    const { conversationId } = held.conversation
    const waiting = gathered.get(conversationId)
    const movedAt = { ...waiting?.movedAt }
    for (const event of events) for (const reader of readerKindsOf(event.type)) movedAt[reader] = event.at
    const isUrgent = waiting?.isUrgent === true || events.some((event) => event.type !== 'messageSent')
    // A row that leaves the board is told once more.
    const wasOnBoard = waiting?.isOnBoard === true || (before !== null && isOnBoard(before))
    gathered.set(conversationId, { held, movedAt, isUrgent, isOnBoard: wasOnBoard || isOnBoard(held) })
  }

  function tellLists(): void {
    timer = undefined
    const now = performance.now()
    for (const [conversationId, row] of gathered) {
      if (!row.isUrgent && now - (toldAt.get(conversationId) ?? -quietMs) < quietMs) continue
      gathered.delete(conversationId)
      toldAt.set(conversationId, now)
      tellRow(row)
    }
    for (const [conversationId, at] of toldAt) if (now - at >= quietMs) toldAt.delete(conversationId)
    if (gathered.size > 0) timer = setTimeout(tellLists, gatherMs)
  }

  function tellRow({ held, movedAt, ...row }: Row): void {
    const board = rooms.board(held.siteId)
    const staffAt = movedAt.staff
    if (row.isOnBoard && staffAt !== undefined && isHeard(board))
      void boardVendors.of(held).then((ofVendor) => {
        io.to(board).emit('hint:board', boardRowFor(held, staffAt, { ofVendor, dissatisfaction: null }))
      })
    const lists = listRooms(held)
    for (const reader of Object.keys(lists) as ReaderKind[]) {
      const at = movedAt[reader]
      const heard = at === undefined ? [] : lists[reader].filter(isHeard)
      if (at !== undefined && heard.length > 0) io.to(heard).emit('hint:inbox', rowFor(held, reader, at))
    }
  }

  return { announce, stop: () => clearTimeout(timer) }
}
