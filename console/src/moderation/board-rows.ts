import type { Connection } from '@parley/shared/client/connection.ts'
import { isWatchedOver } from '@parley/shared/conversation/room.ts'
import type { Outcome } from '@parley/shared/protocol/answers.ts'
import type { BoardPage, BoardRow } from '@parley/shared/protocol/reading.ts'
import type { Refusal } from '@parley/shared/protocol/refusals.ts'
import type { ConversationTone } from '@parley/shared/protocol/tone.ts'
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
  /** Asks where a vendor stands now, for all its rows. */
  askVendor: (vendorId: string) => Promise<void>
  close: () => void
}

export function followBoard(connection: Connection): BoardRows {
  const rows = signal<ReadonlyMap<string, BoardRow>>(new Map())
  const isLoading = signal(true)
  const refusal = signal<Refusal | null>(null)
  /** Told since the last frame: many changes at once cost one drawing. */
  let told = new Map<string, BoardRow>()
  let toldTones = new Map<string, ConversationTone>()
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
    putTold(fresh)
  }

  async function askVendor(vendorId: string): Promise<void> {
    if (isClosed) return
    // Rooms that it is in say nothing of it, and may stand first.
    const outcome = await connection.ask('listBoard', { vendorId, limit: 100, isLive: true })
    const of = outcome.ok ? outcome.value.rows.find(({ need }) => need.ofVendor !== null) : undefined
    const ofVendor = of?.need.ofVendor
    if (isClosed || !ofVendor) return
    const next = new Map(rows.peek())
    for (const [id, row] of next) {
      const isOfVendor = row.with.kind === 'vendor' && row.with.vendorId === vendorId
      if (isOfVendor) next.set(id, { ...row, need: { ...row.need, ofVendor } })
    }
    rows.value = next
  }

  function receive(row: BoardRow): void {
    told.set(row.conversationId, row)
    drawSoon()
  }

  function receiveTone(tone: ConversationTone): void {
    toldTones.set(tone.conversationId, tone)
    drawSoon()
  }

  function putTold(next: Map<string, BoardRow>): void {
    for (const [id, row] of told) keepNewer(next, id, row)
    for (const [id, tone] of toldTones) keepTone(next, id, tone)
    told = new Map()
    toldTones = new Map()
    rows.value = next
  }

  function drawSoon(): void {
    if (frame === 0) frame = requestAnimationFrame(draw)
  }

  function draw(): void {
    frame = 0
    if (isFetching) return
    putTold(new Map(rows.peek()))
  }

  const stops = [
    connection.on('board', receive),
    connection.on('tone', receiveTone),
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
    askVendor,
    close() {
      isClosed = true
      cancelAnimationFrame(frame)
      for (const stop of stops) stop()
      void connection.ask('listBoard', { limit: 1 })
    },
  }
}

/** What is told live says nothing of the vendor and of the tone: they stay as they were. */
function withKnown(row: BoardRow, held: BoardRow | undefined): BoardRow {
  if (!held) return row
  const { ofVendor, dissatisfaction } = row.need
  return {
    ...row,
    need: {
      ...row.need,
      ofVendor: ofVendor ?? held.need.ofVendor,
      dissatisfaction: dissatisfaction ?? held.need.dissatisfaction,
    },
  }
}

function keepTone(rows: Map<string, BoardRow>, id: string, { dissatisfaction }: ConversationTone): void {
  const row = rows.get(id)
  if (row) rows.set(id, { ...row, need: { ...row.need, dissatisfaction } })
}

function keepNewer(rows: Map<string, BoardRow>, id: string, row: BoardRow): void {
  const held = rows.get(id)
  if (held !== undefined && held.updatedAt > row.updatedAt) return
  const isOnBoard = row.status !== 'closed' && (isWatchedOver(row) || row.need.hand !== null)
  if (isOnBoard) rows.set(id, withKnown(row, held))
  else rows.delete(id)
}
