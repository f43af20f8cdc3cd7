import type { BoardRow } from '@parley/shared/protocol/reading.ts'
import { ArrowDown, ArrowUp, Search, ShieldCheck } from 'lucide'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { useConsoleCommands } from '../acts/console-commands.ts'
import { refusalWords } from '../acts/refusal-words.ts'
import { now } from '../clock.ts'
import { connection } from '../connection.ts'
import { OfflineStrip } from '../conversation/offline-strip.tsx'
import { Button } from '../parts/button.tsx'
import { Empty } from '../parts/empty.tsx'
import { Icon } from '../parts/icon.tsx'
import { Skeleton } from '../parts/skeleton.tsx'
import { Tabs } from '../parts/tabs.tsx'
import { paths } from '../paths.ts'
import { me } from '../session.ts'
import { counted } from '../times.ts'
import { BandOfCards, BandOfRows, BandOfTiles } from './band.tsx'
import { inBands } from './bands.ts'
import { followBoard } from './board-rows.ts'
import { Drawer } from './drawer.tsx'
import styles from './moderation.module.css'
import { ReasonDialog, type ReasonWish } from './reason-dialog.tsx'
import { useBoardActs } from './use-board-acts.ts'

const needs = ['any', 'held', 'flagged', 'reported', 'hand', 'moderated'] as const
type Need = (typeof needs)[number]
const needWords: Record<Need, string> = {
  any: 'All',
  held: 'Held',
  flagged: 'Flagged',
  reported: 'Reported',
  hand: 'Hands up',
  moderated: 'Stepped in',
}

export function Moderation({ conversationId }: { conversationId?: string }) {
  const { route } = useLocation()
  const live = connection.value
  const who = me.value
  const board = useMemo(() => (live === null ? null : followBoard(live)), [live])
  useEffect(() => () => board?.close(), [board])
  const [need, setNeed] = useState<Need>('any')
  const [search, setSearch] = useState('')
  const rows = board?.rows.value ?? new Map<string, BoardRow>()
  const all = useMemo(() => [...rows.values()], [rows])
  const bands = useMemo(
    () => inBands(all.filter((row) => isWanted(need, row) && isFound(row, search))),
    [all, need, search],
  )
  const openedId = conversationId ?? null
  const open = (id: string) => route(paths.moderated(id), openedId !== null)
  const close = () => {
    const id = openedId
    route(paths.moderation)
    if (id !== null)
      requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-board-row="${id}"]`)?.focus())
  }
  const order = [...bands.now, ...bands.soon, ...bands.steady]
  const go = (step: 1 | -1) => {
    const at = order.findIndex((row) => row.conversationId === openedId)
    const next = at < 0 ? order[0] : order[at + step]
    if (next !== undefined) open(next.conversationId)
  }
  useConsoleCommands('moderation', [
    { group: 'Moderation', label: 'Next on the board', icon: ArrowDown, shortcut: 'next', run: () => go(1) },
    {
      group: 'Moderation',
      label: 'Previous on the board',
      icon: ArrowUp,
      shortcut: 'previous',
      run: () => go(-1),
    },
    {
      group: 'Moderation',
      label: 'Search the board',
      icon: Search,
      shortcut: 'search',
      run: () => document.querySelector<HTMLElement>('[data-board-search]')?.focus(),
    },
  ])
  const [aimedId, setAimedId] = useState<string | null>(null)
  const [wish, setWish] = useState<ReasonWish | null>(null)
  const aimed = openedId === null && aimedId !== null ? (rows.get(aimedId) ?? null) : null
  useBoardActs(aimed, setWish)
  if (board === null || live === null || !who) return null
  const refusal = board.refusal.value
  const shared = { now: now.value, openedId, onOpen: open }
  return (
    <div class={styles.moderation} data-has-drawer={openedId !== null || undefined}>
      <section class={styles.board} data-region="list" aria-label="Moderation board">
        <header class={styles.head}>
          <h1 class={styles.title}>Moderation board</h1>
          <p class={styles.count}>{counted(all.length, 'live conversation')}</p>
          <label class={styles.search}>
            <Icon node={Search} size={16} />
            <span class="visually-hidden">Search the board</span>
            <input
              type="search"
              data-board-search
              placeholder="Shop, customer, words"
              value={search}
              onInput={(event) => setSearch(event.currentTarget.value)}
              onKeyDown={(event) => {
                if (event.key !== 'Escape') return
                event.stopPropagation()
                setSearch('')
                event.currentTarget.blur()
              }}
            />
          </label>
        </header>
        <Tabs
          label="What the board shows"
          selected={need}
          tabs={needs.map((id) => ({
            id,
            label: needWords[id],
            count: all.filter((row) => isWanted(id, row)).length,
          }))}
          onSelect={setNeed}
        />
        {openedId === null && <OfflineStrip />}
        <div
          class={styles.bands}
          onFocusIn={({ target }) => {
            const place = target instanceof Element ? target.closest('[data-board-row]') : null
            if (place !== null) setAimedId(place.getAttribute('data-board-row'))
          }}
        >
          {refusal !== null && (
            <Empty
              icon={ShieldCheck}
              title="The board could not be loaded"
              actions={<Button onClick={() => void board.reload()}>Try again</Button>}
            >
              {refusalWords(refusal)}
            </Empty>
          )}
          {refusal === null && board.isLoading.value && (
            <div role="status" aria-label="Loading the board">
              <Skeleton lines={3} />
            </div>
          )}
          {refusal === null && !board.isLoading.value && order.length === 0 && (
            <Empty
              icon={ShieldCheck}
              title={all.length === 0 ? 'Nothing is going on' : 'Nothing here'}
              actions={
                all.length > 0 && (
                  <Button
                    onClick={() => {
                      setNeed('any')
                      setSearch('')
                    }}
                  >
                    Show all
                  </Button>
                )
              }
            >
              {all.length === 0
                ? 'Conversations between customers and vendors appear here as they begin.'
                : 'No conversation needs this just now.'}
            </Empty>
          )}
          <BandOfCards rows={bands.now} {...shared} />
          <BandOfRows rows={bands.soon} {...shared} />
          <BandOfTiles rows={bands.steady} {...shared} />
        </div>
      </section>
      {openedId !== null && (
        <Drawer
          key={openedId}
          connection={live}
          conversationId={openedId}
          who={who}
          vendor={rows.get(openedId)?.need.ofVendor ?? null}
          onVendor={(vendorId) => void board.askVendor(vendorId)}
          onClose={close}
        />
      )}
      <ReasonDialog
        wish={wish}
        onClose={() => {
          setWish(null)
          if (aimed?.with.kind === 'vendor') void board.askVendor(aimed.with.vendorId)
        }}
      />
    </div>
  )
}

function isWanted(need: Need, row: BoardRow): boolean {
  switch (need) {
    case 'any':
      return true
    case 'held':
      return row.need.held > 0
    case 'flagged':
      return row.need.flags > 0
    case 'reported':
      return row.need.reports > 0
    case 'hand':
      return row.need.hand !== null
    case 'moderated':
      return row.moderation.stage !== 'none'
  }
  return need satisfies never
}

function isFound(row: BoardRow, search: string): boolean {
  const wanted = search.trim().toLowerCase()
  if (wanted === '') return true
  const words = [row.with.name, row.customer.name, row.lastMessage?.text ?? '', row.about.order?.id ?? '']
  return words.some((word) => word.toLowerCase().includes(wanted))
}
