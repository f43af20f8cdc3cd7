import type { Connection } from '@parley/shared/client/connection.ts'
import type { Outcome } from '@parley/shared/protocol/answers.ts'
import type { BoardPage, BoardRow } from '@parley/shared/protocol/reading.ts'
import type { Refusal } from '@parley/shared/protocol/refusals.ts'
import { type ReadonlySignal, signal } from '@preact/signals'

const pageSize = 500
/** More than anybody looks through; the most pressing come first. */
const mostPages = 4

/** The board, kept live. */
export interface BoardRows {
  rows: ReadonlySignal<ReadonlyMap<string, BoardRow>>
  isLoading: ReadonlySignal<boolean>
  refusal: ReadonlySignal<Refusal | null>
  reload: () => Promise<void>
  close: () => void
}

export function followBoard(connection: Connection): BoardRows {
  const rows = signal<ReadonlyMap<string, BoardRow>>(new Map())
  const isLoading = signal(true)
  const refusal = signal<Refusal | null>(null)
  /** Told since the last frame: many changes at once cost one drawing. */
  let told = new Map<string, BoardRow>()
  let frame = 0
  let isFetching = false
  let isClosed = false

  async function reload(): Promise<void> {
    if (isFetching) return
    isFetching = true
    const fresh = new Map<string, BoardRow>()
    let cursor: string | null = null
    for (let page = 0; page < mostPages; page += 1) {
      const outcome: Outcome<BoardPage> = await connection.ask('listBoard', {
        limit: pageSize,
        isLive: true,
        ...(cursor === null ? {} : { cursor }),
      })
      if (isClosed) return
      refusal.value = outcome.ok ? null : outcome.refusal
      if (!outcome.ok) break
      for (const row of outcome.value.rows) fresh.set(row.conversationId, row)
      cursor = outcome.value.cursor
      if (cursor === null) break
    }
    isFetching = false
    isLoading.value = false
    if (refusal.peek() !== null) return
    for (const [id, row] of told) keepNewer(fresh, id, row)
    told = new Map()
    rows.value = fresh
  }

  function receive(row: BoardRow): void {
    told.set(row.conversationId, row)
    if (frame === 0) frame = requestAnimationFrame(draw)
  }

  function draw(): void {
    frame = 0
    if (isFetching) return
    const next = new Map(rows.peek())
    for (const [id, row] of told) keepNewer(next, id, row)
    told = new Map()
    rows.value = next
  }

  const stops = [
    connection.on('board', receive),
    connection.on('forget', ({ conversationId }) => {
      if (!rows.peek().has(conversationId)) return
      const next = new Map(rows.peek())
      next.delete(conversationId)
      rows.value = next
    }),
    connection.on('state', (state) => {
      if (state === 'online') void reload()
    }),
  ]
  void reload()

  return {
    rows,
    isLoading,
    refusal,
    reload,
    close() {
      isClosed = true
      cancelAnimationFrame(frame)
      for (const stop of stops) stop()
      void connection.ask('listBoard', { limit: 1 })
    },
  }
}

/** What is told live says nothing of the vendor: it stays as it was listed. */
function withVendor(row: BoardRow, held: BoardRow | undefined): BoardRow {
  if (row.need.ofVendor !== null || !held) return row
  return { ...row, need: { ...row.need, ofVendor: held.need.ofVendor } }
}

function keepNewer(rows: Map<string, BoardRow>, id: string, row: BoardRow): void {
  const held = rows.get(id)
  if (held !== undefined && held.updatedAt > row.updatedAt) return
  const isOnBoard = row.status !== 'closed' && (row.with.kind === 'vendor' || row.need.hand !== null)
  if (isOnBoard) rows.set(id, withVendor(row, held))
  else rows.delete(id)
}
