import type { ReaderKind } from '@parley/shared/people.ts'
import { readerKindsOf, type WireEvent } from '@parley/shared/protocol/events.ts'
import { type Committed, type Held, onlyFor, type StoredEvent, toWire } from '../conversations/index.ts'
import { rowFor } from '../inbox/index.ts'
import { type BoardVendors, boardRowFor, isOnBoard } from '../moderation/index.ts'
import { forgetInLists, isDecisive, isFollowedHere } from './following.ts'
import { listRooms, rooms } from './rooms.ts'
import type { Announced, ParleyServer, Row, TellNodes } from './socket-types.ts'
import type { Weighed } from './weighed.ts'

/** Rows of lists are gathered for this long: several facts at once cost their watchers one row. */
const gatherMs = 120
/** A conversation in full swing shows in lists this often; what changes its place or state is told without this wait. */
const quietMs = 1_000
/** Told in one turn of the event loop: messages on their way do not wait for all of them. */
const rowsAtOnce = 16

export interface FanOut {
  announce(commits: readonly Committed[]): void
  /** To whoever is connected here, of what another node has committed. */
  tellHere(announced: readonly Announced[]): void
  tellRowsHere(rows: readonly Row[]): void
  stop(): void
}

/**
 * After the commit, each event goes to the rooms of its audience, as that audience sees it. Each node tells its own: one
 * word for a whole commit passes between them, and nobody makes a frame for a room that is empty.
 */
export function createFanOut(
  io: ParleyServer,
  tellNodes: TellNodes,
  boardVendors: BoardVendors,
  weighed: Weighed,
  /** Lets go here who may no longer read. */
  weigh: (held: Held) => void,
): FanOut {
  const gathered = new Map<string, Row & { isUrgent: boolean }>()
  const toldAt = new Map<string, number>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let turn: ReturnType<typeof setImmediate> | undefined

  function isHeard(room: string): boolean {
    return io.of('/').adapter.rooms.has(room)
  }

  function announce(commits: readonly Committed[]): void {
    const announced = commits.map(({ before, held, events }) => ({
      events,
      decided: before && events.some(isDecisive) ? { before, held } : null,
    }))
    tellNodes('committed', announced)
    for (const { before, held } of commits) weighUpTo(before, held)
    tellHere(announced)
    for (const { before, held, events } of commits) gather(before, held, events)
    if (!turn) timer ??= setTimeout(tellLists, gatherMs)
  }

  function tellHere(announced: readonly Announced[]): void {
    for (const { events, decided } of announced) {
      for (const event of events) {
        tellFollowers(event)
        // Several wishes share a commit: who loses the right by one must not hear the next.
        if (decided && isDecisive(event) && !isOvertaken(decided.held)) weigh(decided.held)
      }
      if (decided) forgetInLists(io, decided.before, decided.held)
    }
  }

  /** Where another node wrote in between, its word may come later or never. */
  function weighUpTo(before: Held | null, held: Held): void {
    const { conversationId } = held.conversation
    if (!isFollowedHere(io, conversationId)) return
    if (weighed.at(conversationId) !== (before?.heads.staff ?? 0)) weigh(held)
    weighed.moveTo(conversationId, held.heads.staff)
  }

  /** A word that comes late takes no right away that was given since. */
  function isOvertaken({ conversation, heads }: Held): boolean {
    return (weighed.at(conversation.conversationId) ?? 0) > heads.staff
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
    for (const { wire, rooms } of told) io.local.to(rooms).emit('event', wire)
  }

  /** In a room: its author and staff get it, everybody else its place. */
  function tellOneOfMany(event: StoredEvent): void {
    const authorId = onlyFor(event)
    const own = rooms.own(event.conversationId, authorId ?? '')
    for (const reader of readerKindsOf(event.type)) {
      const room = rooms.conversation(event.conversationId, reader)
      const withheld = toWire(event, reader)
      if (withheld) io.local.to(room).except(own).emit('event', withheld)
      const whole = reader === 'staff' ? undefined : toWire(event, reader, authorId)
      if (whole) io.local.to(own).emit('event', whole)
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
    turn = undefined
    const now = performance.now()
    const due: Row[] = []
    for (const [conversationId, { isUrgent, ...row }] of gathered) {
      if (!isUrgent && now - (toldAt.get(conversationId) ?? -quietMs) < quietMs) continue
      gathered.delete(conversationId)
      toldAt.set(conversationId, now)
      due.push(row)
      if (due.length === rowsAtOnce) break
    }
    if (due.length > 0) {
      tellNodes('rowsMoved', due)
      tellRowsHere(due)
    }
    for (const [conversationId, at] of toldAt) if (now - at >= quietMs) toldAt.delete(conversationId)
    // The rest stays gathered until its turn: who lost it meanwhile is not told.
    if (due.length === rowsAtOnce) turn = setImmediate(tellLists)
    else if (gathered.size > 0) timer = setTimeout(tellLists, gatherMs)
  }

  function tellRowsHere(rows: readonly Row[]): void {
    for (const row of rows) tellRow(row)
  }

  function tellRow({ held, movedAt, ...row }: Row): void {
    const board = rooms.board(held.siteId)
    const staffAt = movedAt.staff
    if (row.isOnBoard && staffAt !== undefined && isHeard(board))
      void boardVendors.of(held).then((ofVendor) => {
        io.local.to(board).emit('hint:board', boardRowFor(held, staffAt, { ofVendor, dissatisfaction: null }))
      })
    const lists = listRooms(held)
    for (const reader of Object.keys(lists) as ReaderKind[]) {
      const at = movedAt[reader]
      const heard = at === undefined ? [] : lists[reader].filter(isHeard)
      if (at !== undefined && heard.length > 0)
        io.local.to(heard).emit('hint:inbox', rowFor(held, reader, at))
    }
  }

  return {
    announce,
    tellHere,
    tellRowsHere,
    stop() {
      clearTimeout(timer)
      clearImmediate(turn)
    },
  }
}
