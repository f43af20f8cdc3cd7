import type { BoardRow } from '@parley/shared/protocol/reading.ts'
import { ArrowUp, Eye, UserRound } from 'lucide'
import type { ComponentChildren } from 'preact'
import { memo } from 'preact/compat'
import { useState } from 'preact/hooks'
import { Dissatisfaction } from '../conversation/dissatisfaction.tsx'
import { classes } from '../parts/classes.ts'
import { Icon } from '../parts/icon.tsx'
import styles from './band.module.css'
import { reasonOf, standingWords, waitWords } from './reason-words.ts'
import { useSteadyOrder } from './use-steady-order.ts'

export interface BandProps {
  rows: readonly BoardRow[]
  now: number
  openedId: string | null
  onOpen: (conversationId: string) => void
}

/** A frame of the board draws this many of each band; the rest waits for a press. */
const most = { cards: 30, rows: 40, tiles: 60 }

interface FrameProps {
  title: string
  why: string
  count: number
  shown: number
  waiting: number
  onShow: () => void
  onMore: () => void
  hold: ReturnType<typeof useSteadyOrder<BoardRow>>['hold']
  children: ComponentChildren
}

function Frame({ title, why, count, shown, waiting, onShow, onMore, hold, children }: FrameProps) {
  if (count === 0) return null
  return (
    <section class={styles.band} aria-label={title} {...hold}>
      <header class={styles.head}>
        <h2 class={styles.title}>{title}</h2>
        <span class={styles.count}>{count}</span>
        <span class={styles.why}>{why}</span>
        <span role="status">
          {waiting > 0 && (
            <button type="button" class={styles.fresh} onClick={onShow}>
              <Icon node={ArrowUp} size={14} /> {waiting} new, show
            </button>
          )}
        </span>
      </header>
      {children}
      {count - waiting > shown && (
        <button type="button" class={styles.more} onClick={onMore}>
          {count - waiting - shown} more
        </button>
      )}
    </section>
  )
}

function useBand(rows: readonly BoardRow[], first: number) {
  const steady = useSteadyOrder(rows)
  const [limit, setLimit] = useState(first)
  const shown = steady.rows.slice(0, limit)
  return {
    shown,
    frame: {
      count: rows.length,
      shown: shown.length,
      waiting: Math.max(0, steady.waiting),
      onShow: steady.show,
      onMore: () => setLimit(limit + first * 2),
      hold: steady.hold,
    },
  }
}

export function BandOfCards({ rows, now, openedId, onOpen }: BandProps) {
  const { shown, frame } = useBand(rows, most.cards)
  return (
    <Frame title="Act now" why="Held, hand up, reported or flagged" {...frame}>
      <div class={styles.cards}>
        {shown.map((row) => (
          <Card
            key={row.conversationId}
            row={row}
            wait={waitWords(row, now)}
            isOpened={row.conversationId === openedId}
            onOpen={onOpen}
          />
        ))}
      </div>
    </Frame>
  )
}

export function BandOfRows({ rows, now, openedId, onOpen }: BandProps) {
  const { shown, frame } = useBand(rows, most.rows)
  return (
    <Frame title="Look soon" why="Somebody waits, or a moderator is in" {...frame}>
      <div class={styles.rows}>
        {shown.map((row) => (
          <Line
            key={row.conversationId}
            row={row}
            wait={waitWords(row, now)}
            isOpened={row.conversationId === openedId}
            onOpen={onOpen}
          />
        ))}
      </div>
    </Frame>
  )
}

export function BandOfTiles({ rows, openedId, onOpen }: BandProps) {
  const { shown, frame } = useBand(rows, most.tiles)
  return (
    <Frame title="Steady" why="No sign of trouble" {...frame}>
      <div class={styles.tiles}>
        {shown.map((row) => (
          <Tile
            key={row.conversationId}
            row={row}
            isOpened={row.conversationId === openedId}
            onOpen={onOpen}
          />
        ))}
      </div>
    </Frame>
  )
}

interface PlaceProps {
  row: BoardRow
  wait: string
  isOpened: boolean
  onOpen: (conversationId: string) => void
}

const Card = memo(function Card({ row, wait, isOpened, onOpen }: PlaceProps) {
  const { icon, word, tone, evidence } = reasonOf(row)
  const { need } = row
  const { moderator } = row.moderation
  return (
    <button
      type="button"
      class={classes(styles.card, isOpened && styles.opened)}
      data-board-row={row.conversationId}
      aria-current={isOpened || undefined}
      onClick={() => onOpen(row.conversationId)}
    >
      <span class={styles.line}>
        <span class={classes(styles.reason, styles[tone])}>
          <Icon node={icon} size={12} />
          {word}
        </span>
        <span class={styles.wait}>{wait}</span>
      </span>
      <b class={styles.vendor}>{row.with.name}</b>
      <span class={styles.customer}>
        <Icon node={UserRound} size={12} />
        <bdi>{row.customer.name}</bdi>
      </span>
      <span class={styles.evidence}>{evidence}</span>
      <span class={styles.line}>
        {need.dissatisfaction !== null && <Dissatisfaction of={need.dissatisfaction} />}
        {need.ofVendor !== null && <span class={styles.standing}>{standingWords(need.ofVendor)}</span>}
        {moderator !== null && (
          <span class={styles.owner}>
            <Icon node={Eye} size={12} />
            {moderator.name}
          </span>
        )}
      </span>
    </button>
  )
})

const Line = memo(function Line({ row, wait, isOpened, onOpen }: PlaceProps) {
  const { evidence } = reasonOf(row)
  return (
    <button
      type="button"
      class={classes(styles.row, isOpened && styles.openedRow)}
      data-board-row={row.conversationId}
      aria-current={isOpened || undefined}
      onClick={() => onOpen(row.conversationId)}
    >
      <b class={styles.vendor}>{row.with.name}</b>
      <bdi class={styles.cell}>{row.customer.name}</bdi>
      <span class={styles.cell}>{evidence}</span>
      <span class={styles.wait}>{wait}</span>
    </button>
  )
})

const Tile = memo(function Tile({ row, isOpened, onOpen }: Omit<PlaceProps, 'wait'>) {
  return (
    <button
      type="button"
      class={classes(styles.tile, isOpened && styles.openedRow)}
      data-board-row={row.conversationId}
      aria-current={isOpened || undefined}
      onClick={() => onOpen(row.conversationId)}
    >
      {row.with.name} · {row.customer.name}
    </button>
  )
})
