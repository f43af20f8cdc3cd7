import type { Connection } from '@parley/shared/client/connection.ts'
import { isRoom } from '@parley/shared/conversation/room.ts'
import type { ServerHints } from '@parley/shared/protocol/ephemeral.ts'
import type { InboxRow, Me } from '@parley/shared/protocol/reading.ts'
import type { Refusal } from '@parley/shared/protocol/refusals.ts'
import { type ReadonlySignal, signal } from '@preact/signals'
import { belongsIn, type InboxQuery } from './belongs-in.ts'
import { unreadAfter, unreadInRoom } from './unread-after.ts'

const pageSize = 100
/** So many rows are read ahead without scrolling: whoever waits longest may stand on a later page. */
const readAhead = 1_000
/** After a lost connection at most this many pages are read again at once; scrolling fetches the rest. */
const refreshPages = 5

/** The rows of one view of the inbox, kept live. */
export interface InboxRows {
  query: InboxQuery
  rows: ReadonlySignal<ReadonlyMap<string, InboxRow>>
  isLoading: ReadonlySignal<boolean>
  refusal: ReadonlySignal<Refusal | null>
  hasMore: ReadonlySignal<boolean>
  loadMore: () => Promise<void>
  reload: () => Promise<void>
  /** Came in live since the list was last loaded, not by scrolling. */
  hasArrived: (conversationId: string) => boolean
  /** What was just read here counts as read, whatever the next hint says. */
  markRead: (conversationId: string) => void
  close: () => void
}

export function followInbox(connection: Connection, query: InboxQuery, me: Pick<Me, 'memberId'>): InboxRows {
  const rows = signal<ReadonlyMap<string, InboxRow>>(new Map())
  const isLoading = signal(true)
  const refusal = signal<Refusal | null>(null)
  const hasMore = signal(false)
  const readTo = new Map<string, string>()
  const arrived = new Set<string>()
  /** Told before the row they belong to. */
  const called = new Set<string>()
  let cursor: string | null = null
  let isFetching = false
  let isClosed = false

  const ask = (from: string | null) =>
    connection.ask('listInbox', {
      view: query.view,
      ...(query.search === '' ? {} : { search: query.search }),
      ...(query.queueId === null ? {} : { queueId: query.queueId }),
      ...(query.topicId === null ? {} : { topicId: query.topicId }),
      ...(query.unreadOnly ? { unreadOnly: true } : {}),
      ...(from === null ? {} : { cursor: from }),
      limit: pageSize,
    })

  async function reload(): Promise<void> {
    if (isFetching) return
    isFetching = true
    const wanted = Math.min(refreshPages, Math.max(1, Math.ceil(rows.peek().size / pageSize)))
    const fresh = new Map<string, InboxRow>()
    let from: string | null = null
    for (let page = 0; page < wanted; page += 1) {
      const outcome = await ask(from)
      if (isClosed) return
      if (!outcome.ok) {
        refusal.value = outcome.refusal
        break
      }
      refusal.value = null
      for (const row of outcome.value.rows) fresh.set(row.conversationId, asRead(row))
      from = outcome.value.cursor
      if (from === null) break
    }
    if (refusal.peek() === null) {
      for (const id of fresh.keys()) if (rows.peek().size > 0 && !rows.peek().has(id)) arrived.add(id)
      rows.value = fresh
      cursor = from
      hasMore.value = from !== null
    }
    isLoading.value = false
    isFetching = false
    while (!isClosed && cursor !== null && rows.peek().size < readAhead) {
      const before = rows.peek().size
      await loadMore()
      if (rows.peek().size === before) break
    }
  }

  async function loadMore(): Promise<void> {
    if (isFetching || cursor === null) return
    isFetching = true
    const outcome = await ask(cursor)
    isFetching = false
    if (isClosed || !outcome.ok) return
    const next = new Map(rows.peek())
    // What a hint has brought meanwhile is newer than the page.
    for (const row of outcome.value.rows) {
      const held = next.get(row.conversationId)
      if (held === undefined || held.updatedAt < row.updatedAt) next.set(row.conversationId, asRead(row))
    }
    rows.value = next
    cursor = outcome.value.cursor
    hasMore.value = cursor !== null
  }

  function asRead(row: InboxRow): InboxRow {
    const read = readTo.get(row.conversationId)
    const unread = read !== undefined && read === row.lastMessage?.messageId ? 0 : row.unread
    // A page may be older than what was told while it was on its way.
    return called.has(row.conversationId) ? { ...row, unread, mention: 'open' } : { ...row, unread }
  }

  function receive(hinted: InboxRow): void {
    const held = rows.peek().get(hinted.conversationId)
    if (held !== undefined && held.updatedAt > hinted.updatedAt) return
    const mention = held?.mention ?? (called.has(hinted.conversationId) ? ('open' as const) : null)
    const unread = isRoom(hinted) ? unreadInRoom(held, hinted, me.memberId) : unreadAfter(held, hinted)
    const row = { ...hinted, unread, mention }
    const stays = belongsIn(query, row, me) && (query.search === '' || held !== undefined)
    // An unread filter must not take away what the person has just opened.
    const wasOpened = query.unreadOnly && held !== undefined && readTo.has(row.conversationId)
    if (!stays && held === undefined) return
    if (held === undefined) arrived.add(row.conversationId)
    const next = new Map(rows.peek())
    if (stays || wasOpened) next.set(row.conversationId, asRead(row))
    else next.delete(row.conversationId)
    rows.value = next
  }

  /** What was read stays where it stands, like any other row. */
  function becomeMentioned({ conversationId, note }: ServerHints['mention']): void {
    if (note === null) called.delete(conversationId)
    else called.add(conversationId)
    const row = rows.peek().get(conversationId)
    if (row !== undefined)
      rows.value = new Map(rows.peek()).set(conversationId, {
        ...row,
        mention: note === null ? 'read' : 'open',
      })
    else if (note !== null && (query.view === 'mentions' || query.unreadOnly)) void reload()
  }

  function forget({ conversationId }: { conversationId: string }): void {
    if (!rows.peek().has(conversationId)) return
    const next = new Map(rows.peek())
    next.delete(conversationId)
    rows.value = next
  }

  const stops = [
    connection.on('inbox', receive),
    connection.on('forget', forget),
    connection.on('mention', becomeMentioned),
    connection.on('state', (state) => {
      if (state === 'online') void reload()
    }),
  ]
  void reload()

  return {
    query,
    rows,
    isLoading,
    refusal,
    hasMore,
    loadMore,
    reload,
    hasArrived: (conversationId) => arrived.has(conversationId),
    markRead(conversationId) {
      const row = rows.peek().get(conversationId)
      if (row?.lastMessage) readTo.set(conversationId, row.lastMessage.messageId)
      if (row === undefined || row.unread === 0) return
      rows.value = new Map(rows.peek()).set(conversationId, { ...row, unread: 0 })
    },
    close() {
      isClosed = true
      for (const stop of stops) stop()
    },
  }
}
