import type { ConversationFeed, FeedView } from '@parley/shared/client/feed.ts'
import type { Counterpart } from '@parley/shared/protocol/events.ts'
import type { ComponentChildren } from 'preact'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { locale, say } from '../../i18n/words.ts'
import { markRead, reading } from '../follow.ts'
import { lineText } from '../lines.ts'
import { isOwn } from '../own.ts'
import { getState } from '../state.ts'
import { type Item, lastOwnKey, layOut } from '../thread.ts'
import { clock, daysBetween } from '../when.ts'
import { Group, spokenName } from './bubble.tsx'
import { Icon } from './icon.tsx'

const nearEnd = 48

export function Thread(props: {
  view: FeedView
  feed: ConversationFeed | null
  conversationId: string | null
  before?: ComponentChildren
  after?: ComponentChildren
}) {
  const { view, feed, conversationId, before, after } = props
  const { events, pending, marks } = view
  const place = view.conversation?.with
  const { isShown, isOffline } = getState()
  const items = useMemo(() => layOut(events, pending, marks, isOffline), [events, pending, marks, isOffline])
  const lastOwn = lastOwnKey(items)
  const box = useRef<HTMLDivElement>(null)
  const inner = useRef<HTMLDivElement>(null)
  const earlier = useRef<{ height: number; top: number } | null>(null)
  const seen = useRef(0)
  const lastTop = useRef(0)
  const [fresh, setFresh] = useState(0)
  const newest = events.findLast((event) => event.type === 'messageSent')
  const owned = pending.length

  const toEnd = () => box.current?.scrollTo({ top: box.current.scrollHeight })

  function look(): void {
    const { current } = box
    if (!current) return
    const isNear = current.scrollHeight - current.scrollTop - current.clientHeight < nearEnd
    // What grows below is followed: only who scrolls up leaves the end.
    if (isNear || current.scrollTop < lastTop.current) reading.isAtEnd = isNear
    lastTop.current = current.scrollTop
    if (reading.isAtEnd) {
      seen.current = newest?.position ?? 0
      setFresh(0)
      if (conversationId) markRead(conversationId)
    }
    if (current.scrollTop < 200 && !view.isComplete && !view.isLoading && !earlier.current && feed) {
      earlier.current = { height: current.scrollHeight, top: current.scrollTop }
      void feed.loadEarlier().then(() => requestAnimationFrame(() => (earlier.current = null)))
    }
  }

  // What is put in above moves the reader only where the browser did not already hold the place.
  useLayoutEffect(() => {
    const { current } = box
    const from = earlier.current
    if (current && from && current.scrollHeight > from.height && Math.abs(current.scrollTop - from.top) < 4)
      current.scrollTop = from.top + current.scrollHeight - from.height
  }, [events[0]?.position])

  useLayoutEffect(() => {
    reading.isAtEnd = true
    toEnd()
    const grow = new ResizeObserver(() => reading.isAtEnd && toEnd())
    if (inner.current) grow.observe(inner.current)
    if (box.current) grow.observe(box.current)
    return () => grow.disconnect()
  }, [])

  // What this person has just written is always shown; what has been settled moves nobody.
  const ownedBefore = useRef(owned)
  useLayoutEffect(() => {
    if (owned > ownedBefore.current) toEnd()
    ownedBefore.current = owned
  }, [owned])

  useEffect(() => {
    if (reading.isAtEnd) {
      toEnd()
      look()
    } else if (!newest || !isOwn(newest.by))
      setFresh(
        events.filter(
          (event) => event.type === 'messageSent' && !isOwn(event.by) && event.position > seen.current,
        ).length,
      )
  }, [newest?.position])

  useEffect(() => {
    addEventListener('visibilitychange', look)
    return () => removeEventListener('visibilitychange', look)
  })

  useEffect(() => {
    if (isShown) look()
  }, [isShown])

  return (
    <div class="fill thread-place">
      <div
        ref={box}
        class="thread"
        role="log"
        aria-live="off"
        aria-label={say('messages')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: one tab stop, arrows move by message
        tabIndex={0}
        onScroll={look}
        onKeyDown={walk}
      >
        <div ref={inner} class="inner">
          {before}
          <div class="said">
            {view.isLoading && conversationId && <Skeleton />}
            {items.map((item) => (
              <Part key={item.key} item={item} lastOwn={lastOwn} feed={feed} place={place} />
            ))}
            {after}
          </div>
        </div>
      </div>
      {fresh > 0 && (
        <button type="button" class="fresh" onClick={toEnd}>
          {say('newMessages', fresh)}
        </button>
      )}
      <Spoken view={view} />
    </div>
  )
}

function walk(event: KeyboardEvent): void {
  if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
  const box = event.currentTarget as HTMLElement
  const messages = [...box.querySelectorAll<HTMLElement>('article')]
  const at = messages.indexOf(document.activeElement as HTMLElement)
  const next = at < 0 ? messages.at(-1) : messages[at + (event.key === 'ArrowUp' ? -1 : 1)]
  if (!next) return
  event.preventDefault()
  next.focus()
}

function Part({
  item,
  lastOwn,
  feed,
  place,
}: {
  item: Item
  lastOwn: string | undefined
  feed: ConversationFeed | null
  place: Counterpart | undefined
}) {
  if (item.kind === 'group') return <Group group={item} lastOwn={lastOwn} feed={feed} />
  if (item.kind === 'day') return <p class="day">{dayName(item.at)}</p>
  const text = lineText(item.event, place)
  return text ? (
    <p class="line">
      <Icon name="check" small />
      <span>{text}</span>
    </p>
  ) : null
}

export function dayName(at: string, now = new Date()): string {
  const date = new Date(at)
  const days = daysBetween(date, now)
  if (days === 0) return say('todayDay')
  if (days === 1) return say('yesterday')
  if (days > 1 && days <= 6) return new Intl.DateTimeFormat(locale, { weekday: 'long' }).format(date)
  const year = date.getFullYear() === now.getFullYear() ? {} : ({ year: 'numeric' } as const)
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', ...year }).format(date)
}

/** Said once to those who listen: what others write, never what this person wrote. */
function Spoken({ view }: { view: FeedView }) {
  const first = useRef(view.head)
  const last = view.events.at(-1)
  const isNew =
    last && !view.isLoading && first.current > 0 && last.position > first.current && !isOwn(last.by)
  if (!view.isLoading && first.current === 0) first.current = view.head
  const text = !isNew
    ? ''
    : last.type === 'messageSent'
      ? `${spokenName(last.by)}, ${clock(last.at)}: ${last.payload.text}`
      : last.type === 'assigned' ||
          last.type === 'conversationClosed' ||
          last.type === 'moderatorJoined' ||
          last.type === 'takenOver'
        ? lineText(last, view.conversation?.with)
        : ''
  return (
    <p class="aside" role="status">
      {text}
    </p>
  )
}

function Skeleton() {
  return (
    <div class="skeleton" aria-hidden="true">
      <i />
      <i />
    </div>
  )
}
