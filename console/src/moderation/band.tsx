import type { BoardRow } from '@parley/shared/protocol/reading.ts'
import { ArrowUp, Eye, UserRound } from 'lucide'
import type { ComponentChildren } from 'preact'
import { memo } from 'preact/compat'
import { useState } from 'preact/hooks'
import { Dissatisfaction } from '../conversation/dissatisfaction.tsx'
import { roomWord } from '../conversation/room-words.ts'
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

/** A band of the board: it draws so many of its rows, and leaves their order alone under a pointer. */
function Band(props: {
  rows: readonly BoardRow[]
  first: number
  title: string
  why: string
  class: string | undefined
  children: (row: BoardRow) => ComponentChildren
}) {
  const { rows, first, title, why } = props
  const steady = useSteadyOrder(rows)
  const [limit, setLimit] = useState(first)
  const shown = steady.rows.slice(0, limit)
  const waiting = Math.max(0, steady.waiting)
  const more = rows.length - waiting - shown.length
  if (rows.length === 0) return null
  return (
    <section class={styles.band} aria-label={title} {...steady.hold}>
      <header class={styles.head}>
        <h2 class={styles.title}>{title}</h2>
        <span class={styles.count}>{rows.length}</span>
        <span class={styles.why}>{why}</span>
        <span role="status">
          {waiting > 0 && (
            <button type="button" class={styles.fresh} onClick={steady.show}>
              <Icon node={ArrowUp} size={14} /> {waiting} new, show
            </button>
          )}
        </span>
      </header>
      <div class={props.class}>{shown.map(props.children)}</div>
      {more > 0 && (
        <button type="button" class={styles.more} onClick={() => setLimit(limit + first * 2)}>
          {more} more
        </button>
      )}
    </section>
  )
}

/** What each place of a row needs, whatever its shape. */
function placeOf({ now, openedId, onOpen }: BandProps, row: BoardRow): PlaceProps & { key: string } {
  const { conversationId } = row
  return {
    key: conversationId,
    row,
    wait: waitWords(row, now),
    isOpened: conversationId === openedId,
    onOpen,
  }
}

export function BandOfCards(props: BandProps) {
  return (
    <Band
      title="Act now"
      why="Held, hand up, reported or flagged"
      rows={props.rows}
      first={30}
      class={styles.cards}
    >
      {(row) => <Card {...placeOf(props, row)} />}
    </Band>
  )
}

export function BandOfRows(props: BandProps) {
  return (
    <Band
      title="Look soon"
      why="Somebody waits, or a moderator is in"
      rows={props.rows}
      first={40}
      class={styles.rows}
    >
      {(row) => <Line {...placeOf(props, row)} />}
    </Band>
  )
}

export function BandOfTiles(props: BandProps) {
  return (
    <Band title="Steady" why="No sign of trouble" rows={props.rows} first={60} class={styles.tiles}>
      {(row) => (
        <Tile
          key={row.conversationId}
          row={row}
          isOpened={row.conversationId === props.openedId}
          onOpen={props.onOpen}
        />
      )}
    </Band>
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
        <bdi>{roomWord(row) ?? row.customer.name}</bdi>
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
      <bdi class={styles.cell}>{roomWord(row) ?? row.customer.name}</bdi>
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
      {row.with.name} · {roomWord(row) ?? row.customer.name}
    </button>
  )
})
