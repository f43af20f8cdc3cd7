import type { FeedView } from '@parley/shared/client/feed.ts'
import { isRoom } from '@parley/shared/conversation/room.ts'
import type { Author, ReaderKind } from '@parley/shared/people.ts'
import type { MessageTone } from '@parley/shared/protocol/tone.ts'
import { ArrowDown, History } from 'lucide'
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { now } from '../clock.ts'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { Skeleton } from '../parts/skeleton.tsx'
import { dayLine } from '../times.ts'
import { HeldMessage } from './held-message.tsx'
import styles from './log.module.css'
import { type LogItem, logItemsOf } from './log-items.ts'
import { Message, Note, Pending } from './message.tsx'
import type { Moderating } from './moderating.tsx'
import { isOurs } from './ours.ts'
import { receiptInRoom, receiptOf } from './receipt.ts'
import { FoldedLines, SystemLine } from './system-line.tsx'
import { useMentionsRead } from './use-mentions-read.ts'
import { useReadMark } from './use-read-mark.ts'
import { Whisper } from './whisper.tsx'

export interface LogProps {
  view: FeedView
  self: Author
  side: ReaderKind
  /** Who of the other side is writing now. */
  typing: string | null
  onEarlier: () => Promise<void>
  onRetry: (requestId: string) => void
  onDiscard: (requestId: string) => void
  onRead: (messageId: string) => void
  /** For staff: up to here nothing calls them any more. */
  onMentionsRead?: ((position: number) => void) | undefined
  /** For those who moderate or answer for the marketplace. */
  moderating?: Moderating | undefined
  /** By message; for staff. */
  tones?: ReadonlyMap<string, MessageTone>
}

const nearBottomPx = 80

export function Log(props: LogProps) {
  const { view, self, side, typing } = props
  const frame = useRef<HTMLDivElement>(null)
  const inside = useRef<HTMLDivElement>(null)
  const isAtBottom = useRef(true)
  const [isAway, setAway] = useState(false)
  const [isFetching, setFetching] = useState(false)
  const items = useMemo(
    () => logItemsOf(view.events, view.pending, self.id),
    [view.events, view.pending, self.id],
  )
  const { conversation } = view
  const ours = (by: Author) => isOurs(by, self, conversation)
  const receipt = useMemo(
    () =>
      conversation && isRoom(conversation)
        ? receiptInRoom(view.events, view.marks, self.id)
        : receiptOf(view.events, view.marks, side),
    [view.events, view.marks, side, self.id],
  )
  const first = view.events[0]?.position ?? 0

  const toBottom = () => {
    const node = frame.current
    if (node) node.scrollTop = node.scrollHeight
  }
  // What is read stays where it is when earlier lines come in above it.
  const before = useRef({ first: 0, height: 0 })
  useLayoutEffect(() => {
    const node = frame.current
    if (node === null) return
    const held = before.current
    if (held.first > 0 && first < held.first) node.scrollTop += node.scrollHeight - held.height
    else if (isAtBottom.current) toBottom()
    before.current = { first, height: node.scrollHeight }
  })
  // A growing composer or a picture that has come must not hide the last message.
  useLayoutEffect(() => {
    const observer = new ResizeObserver(() => {
      if (isAtBottom.current) toBottom()
      if (frame.current) before.current.height = frame.current.scrollHeight
    })
    for (const node of [frame.current, inside.current]) if (node) observer.observe(node)
    return () => observer.disconnect()
  }, [])
  const ownPending = view.pending.length
  useLayoutEffect(() => {
    if (ownPending === 0) return
    isAtBottom.current = true
    toBottom()
  }, [ownPending])

  useReadMark(view.events, ours, () => isAtBottom.current, props.onRead)
  useMentionsRead(view.events, self.id, () => isAtBottom.current, props.onMentionsRead)

  async function fetchEarlier() {
    if (isFetching || view.isComplete) return
    setFetching(true)
    await props.onEarlier()
    setFetching(false)
  }

  function scrolled() {
    const node = frame.current
    if (node === null) return
    isAtBottom.current = node.scrollHeight - node.scrollTop - node.clientHeight < nearBottomPx
    setAway(!isAtBottom.current)
    if (node.scrollTop < 200 && !view.isLoading) void fetchEarlier()
  }

  return (
    <div class={styles.frame}>
      <div
        ref={frame}
        class={styles.log}
        role="log"
        aria-label="Messages"
        aria-busy={view.isLoading}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        onScroll={scrolled}
      >
        <div ref={inside} class={styles.inside}>
          {view.isLoading && view.events.length === 0 && <LogSkeleton />}
          {!view.isComplete && view.events.length > 0 && (
            <div class={styles.earlier}>
              <Button
                size="s"
                variant="quiet"
                icon={History}
                isBusy={isFetching}
                onClick={() => void fetchEarlier()}
              >
                Show earlier messages
              </Button>
            </div>
          )}
          {items.map((item) => (
            <div key={item.key} class={styles.item}>
              <Item item={item} log={props} receipt={receipt} />
            </div>
          ))}
          {typing !== null && (
            <p class={styles.typing}>
              <span class={styles.dots} aria-hidden="true">
                <i />
                <i />
                <i />
              </span>
              {typing} is writing
            </p>
          )}
        </div>
      </div>
      {isAway && (
        <button
          type="button"
          class={styles.down}
          onClick={() => {
            isAtBottom.current = true
            toBottom()
          }}
        >
          <Icon node={ArrowDown} size={16} /> Newest
        </button>
      )}
    </div>
  )
}

function Item({
  item,
  log,
  receipt,
}: {
  item: LogItem
  log: LogProps
  receipt: ReturnType<typeof receiptOf>
}) {
  const { self } = log
  const { conversation } = log.view
  // Only lines that tell a time are drawn anew as it passes.
  const told = () => ({
    ownId: self.id,
    now: now.value,
    isInRoom: conversation !== null && isRoom(conversation),
  })
  switch (item.kind) {
    case 'day':
      return (
        <h2 class={styles.day}>
          <span>{dayLine(item.at, now.value)}</span>
        </h2>
      )
    case 'message':
      return (
        <Message
          event={item.event}
          {...(item.restored === undefined ? {} : { restored: item.restored })}
          moderating={log.moderating}
          tone={log.tones?.get(item.event.payload.messageId)}
          hasHead={item.hasHead}
          isOurs={isOurs(item.event.by, self, log.view.conversation)}
          isOwn={item.event.by.id === self.id}
          receipt={
            receipt?.messageId === item.event.payload.messageId && log.view.pending.length === 0
              ? receipt
              : null
          }
        />
      )
    case 'held':
      return (
        <HeldMessage
          event={item.event}
          rejected={item.rejected}
          isOwn={item.event.by.id === self.id}
          by={log.moderating}
        />
      )
    case 'whisper':
      return <Whisper event={item.event} reason={item.reason} isOwn={item.event.by.id === self.id} />
    case 'note':
      return <Note event={item.event} isOwn={item.event.by.id === self.id} />
    case 'system':
      return <SystemLine event={item.event} {...told()} />
    case 'folded':
      return <FoldedLines events={item.events} {...told()} />
    case 'pending':
      return (
        <Pending
          message={item.message}
          by={self}
          hasHead={item.hasHead}
          onRetry={() => log.onRetry(item.message.requestId)}
          onDiscard={() => log.onDiscard(item.message.requestId)}
        />
      )
  }
  return item satisfies never
}

function LogSkeleton() {
  return (
    <div class={styles.skeletons} role="status" aria-label="Loading messages">
      <Skeleton hasFace lines={2} />
      <Skeleton hasFace lines={2} />
      <Skeleton hasFace lines={2} />
    </div>
  )
}
