import type { ConversationId } from '@parley/shared/ids.ts'
import { ArrowUp, CircleCheck, RotateCw, SearchX } from 'lucide'
import { useEffect, useMemo, useReducer, useRef } from 'preact/hooks'
import { refusalWords } from '../acts/refusal-words.ts'
import { now } from '../clock.ts'
import { connection } from '../connection.ts'
import { openFeed } from '../conversation/open-feeds.ts'
import { Button } from '../parts/button.tsx'
import { classes } from '../parts/classes.ts'
import { Empty } from '../parts/empty.tsx'
import { Icon } from '../parts/icon.tsx'
import { Skeleton } from '../parts/skeleton.tsx'
import { paths } from '../paths.ts'
import { me } from '../session.ts'
import { focusRegionNamed } from '../shell/regions.ts'
import { hasFilters, inboxViewNames } from './belongs-in.ts'
import { groupRows } from './group-rows.ts'
import { inboxCounts } from './inbox-counts.ts'
import styles from './inbox-list.module.css'
import { InboxRow } from './inbox-row.tsx'
import type { InboxRows } from './inbox-rows.ts'
import { shownOrder } from './shown-order.ts'
import { useHeldItems } from './use-held-items.ts'
import { useVirtual } from './use-virtual.ts'

export interface InboxListProps {
  inbox: InboxRows
  selectedId: string | null
  onClearFilters: () => void
  onGo: (path: string) => void
}

const headHeight = 36
const rowHeight = 88
const preloadAfterMs = 60

export function InboxList({ inbox, selectedId, onClearFilters, onGo }: InboxListProps) {
  const scroll = useRef<HTMLDivElement>(null)
  const { view } = inbox.query
  const rows = inbox.rows.value
  const time = now.value
  const ownId = me.value?.memberId ?? ''
  const fresh = useMemo(() => groupRows(rows.values(), view, time), [rows, view, time])
  const { items, waiting, setHeld, showNew } = useHeldItems(
    fresh,
    (id) => id !== selectedId && inbox.hasArrived(id),
  )
  const [, redraw] = useReducer((times: number, _: null) => times + 1, 0)
  const ids = useMemo(() => items.flatMap((item) => (item.kind === 'row' ? [item.key] : [])), [items])
  useEffect(() => {
    shownOrder.value = ids
  }, [ids])

  const virtual = useVirtual({
    count: items.length,
    sizeOf: (index) => (items[index]?.kind === 'head' ? headHeight : rowHeight),
    keyOf: (index) => `${items[index]?.kind} ${items[index]?.key}`,
    scrollElement: () => scroll.current,
  })
  const drawn = virtual.getVirtualItems()
  const last = drawn.at(-1)?.index ?? 0
  const hasMore = inbox.hasMore.value
  useEffect(() => {
    if (hasMore && last >= items.length - 20) void inbox.loadMore()
  }, [inbox, hasMore, last, items.length])
  useEffect(() => {
    const at = items.findIndex((item) => item.key === selectedId)
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' })
  }, [selectedId])

  // The one tab stop has to be a row that is drawn.
  const drawnIds = drawn.flatMap(({ index }) => (items[index]?.kind === 'row' ? [items[index].key] : []))
  const stopId = selectedId !== null && drawnIds.includes(selectedId) ? selectedId : drawnIds[0]

  function focusRow(id: string | undefined) {
    if (id === undefined) return
    virtual.scrollToIndex(items.findIndex((item) => item.key === id))
    requestAnimationFrame(() => rowNode(id)?.focus())
  }

  function press(event: KeyboardEvent) {
    const focused = (event.target as HTMLElement).closest<HTMLElement>('[data-row]')?.dataset.row
    if (focused === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    // The link opens it; then the focus goes to where the answer is written.
    if (event.key === 'Enter') requestAnimationFrame(() => setTimeout(() => focusRegionNamed('conversation')))
    const at = ids.indexOf(focused)
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: ids.length - 1 }[event.key]
    if (to === undefined) return
    event.preventDefault()
    focusRow(ids[Math.max(0, Math.min(to, ids.length - 1))])
  }

  const preloads = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  function preload(conversationId: ConversationId) {
    clearTimeout(preloads.current)
    preloads.current = setTimeout(() => {
      const live = connection.peek()
      if (live !== null) openFeed(live, conversationId)
    }, preloadAfterMs)
  }

  const refusal = inbox.refusal.value
  const isBlank = items.length === 0
  return (
    <div class={styles.frame}>
      {waiting > 0 && (
        <button
          type="button"
          class={styles.news}
          onClick={() => {
            showNew()
            redraw(null)
          }}
        >
          <ArrowUpIcon /> {waiting} new
        </button>
      )}
      <p class="visually-hidden" role="status">
        {waiting > 0 ? `${waiting} new` : ''}
      </p>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the rows inside are the controls; this only watches over them */}
      <div
        ref={scroll}
        class={styles.scroll}
        onKeyDown={press}
        onPointerEnter={(event) => event.pointerType === 'mouse' && setHeld(true)}
        onPointerLeave={() => setHeld(false)}
        onFocusCapture={(event) => (event.target as HTMLElement).matches(':focus-visible') && setHeld(true)}
        onBlurCapture={() => !scroll.current?.matches(':hover') && setHeld(false)}
      >
        {refusal !== null && (
          <Empty
            icon={RotateCw}
            title="The list could not be loaded"
            actions={<Button onClick={() => void inbox.reload()}>Try again</Button>}
          >
            {refusalWords(refusal)}
          </Empty>
        )}
        {isBlank && inbox.isLoading.value && <ListSkeleton />}
        {isBlank && !inbox.isLoading.value && refusal === null && (
          <NothingHere inbox={inbox} onClearFilters={onClearFilters} onGo={onGo} />
        )}
        <ul
          class={classes(styles.list, items[0]?.kind === 'row' && styles.withoutHeads)}
          style={{ height: `${virtual.getTotalSize()}px` }}
          aria-label={inboxViewNames[view]}
        >
          {drawn.map(({ index, start, key }) => {
            const item = items[index]
            if (item === undefined) return null
            return (
              <li
                key={key}
                ref={virtual.measureElement}
                data-index={index}
                class={styles.place}
                style={{ transform: `translateY(${start}px)` }}
              >
                {item.kind === 'head' ? (
                  <h2 class={styles.head}>
                    {item.name} <span class={styles.headCount}>{item.count}</span>
                  </h2>
                ) : (
                  <InboxRow
                    row={item.row}
                    href={paths.conversation(view, item.key)}
                    now={time}
                    ownId={ownId}
                    isSelected={item.key === selectedId}
                    isStop={item.key === stopId}
                    showsAssignee={view !== 'mine' && view !== 'waiting'}
                    onPreload={() => preload(item.row.conversationId)}
                  />
                )}
              </li>
            )
          })}
        </ul>
      </div>
    </div>
  )
}

export function rowNode(conversationId: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-row="${CSS.escape(conversationId)}"]`)
}

function ArrowUpIcon() {
  return <Icon node={ArrowUp} size={14} />
}

function ListSkeleton() {
  return (
    <div class={styles.skeletons} role="status" aria-label="Loading conversations">
      {[1, 2, 3, 4, 5].map((line) => (
        <Skeleton key={line} hasFace />
      ))}
    </div>
  )
}

function NothingHere({ inbox, onClearFilters, onGo }: Omit<InboxListProps, 'selectedId'>) {
  const { query } = inbox
  const counts = inboxCounts.value
  if (query.search !== '')
    return (
      <Empty
        icon={SearchX}
        title={`No conversation matches “${query.search}”`}
        actions={<Button onClick={onClearFilters}>Clear search</Button>}
      >
        Search looks at names, orders and messages in {inboxViewNames[query.view]}
        {hasFilters(query) ? ', with filters on' : ''}.
      </Empty>
    )
  if (hasFilters(query))
    return (
      <Empty
        icon={SearchX}
        title="Nothing passes these filters"
        actions={<Button onClick={onClearFilters}>Clear filters</Button>}
      />
    )
  const waiting = counts?.waiting ?? 0
  if (query.view === 'mine')
    return (
      <Empty
        icon={CircleCheck}
        title="Nothing is waiting for you"
        actions={
          waiting > 0 ? (
            <Button variant="primary" onClick={() => onGo(paths.view('waiting'))}>
              Show waiting
            </Button>
          ) : undefined
        }
      >
        {waitingWords(waiting)}
      </Empty>
    )
  const facts = {
    waiting: 'Nobody is waiting',
    team: 'Nobody else has an open conversation',
    all: 'No open conversations',
    rooms: 'No rooms yet',
    mentions: 'Nobody has mentioned you yet',
    closed: 'No closed conversations yet',
  }
  return (
    <Empty icon={CircleCheck} title={facts[query.view]}>
      {query.view === 'mentions'
        ? 'A note with @ and your name puts its conversation here.'
        : 'New ones appear here by themselves.'}
    </Empty>
  )
}

function waitingWords(waiting: number): string {
  if (waiting === 0) return 'Nobody waits in the queues either.'
  if (waiting === 1) return '1 waits in the queues.'
  return `${waiting < 1_000 ? waiting : 'More than 999'} wait in the queues.`
}
