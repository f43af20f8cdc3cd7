import type { ReviewRow } from '@parley/shared/protocol/reviews.ts'
import { ClipboardCheck } from 'lucide'
import { useEffect, useRef, useState } from 'preact/hooks'
import { Button } from '../parts/button.tsx'
import { classes } from '../parts/classes.ts'
import { Empty } from '../parts/empty.tsx'
import { Skeleton } from '../parts/skeleton.tsx'
import { ago } from '../settings/parts/moments.ts'
import { refusalWords } from '../settings/parts/refusal-words.ts'
import { Tag } from '../settings/parts/rows.tsx'
import styles from './review-list.module.css'
import { Score, Stars } from './score.tsx'
import type { ReviewList as Listed } from './use-review-list.ts'
import { addressOf, type ReviewsView } from './views.ts'
import { reasonWords, stateWords } from './words.ts'

const nothing: Record<Exclude<ReviewsView, 'disagreements'>, [string, string]> = {
  queue: ['Nothing to review', 'Conversations come here when they have ended and a rule chooses them.'],
  disputed: ['No dispute is open', 'When somebody does not agree with their review, it comes here.'],
  done: ['Nothing reviewed yet', 'What you and others finish stays here.'],
  mine: ['No results yet', 'When one of your conversations has been reviewed, you see here what was said.'],
}

export function ReviewList(props: {
  list: Listed
  view: Exclude<ReviewsView, 'disagreements'>
  selected: string | undefined
}) {
  const { list, view, selected } = props
  const [isAsking, setAsking] = useState(false)
  if (list.refusal)
    return (
      <Empty
        icon={ClipboardCheck}
        title="This could not be loaded"
        actions={<Button onClick={() => void list.reload()}>Try again</Button>}
      >
        {refusalWords(list.refusal)}
      </Empty>
    )
  if (!list.rows)
    return (
      <div class={styles.loading}>
        <Skeleton lines={6} />
      </div>
    )
  if (list.rows.length === 0) {
    const [title, fact] = nothing[view]
    return (
      <Empty icon={ClipboardCheck} title={title}>
        {fact}
      </Empty>
    )
  }
  async function more() {
    setAsking(true)
    await list.more()
    setAsking(false)
  }
  return (
    <ul class={styles.rows} aria-label="Reviews">
      {list.rows.map((row) => (
        <li key={row.reviewId}>
          <Row row={row} view={view} isSelected={row.reviewId === selected} />
        </li>
      ))}
      {list.cursor !== null && (
        <li class={styles.more}>
          <Button isBusy={isAsking} onClick={() => void more()}>
            Show more
          </Button>
        </li>
      )}
    </ul>
  )
}

export function Row(props: { row: ReviewRow; view: ReviewsView; isSelected: boolean; extra?: string }) {
  const { row, view, isSelected, extra } = props
  const link = useRef<HTMLAnchorElement>(null)
  useEffect(() => {
    if (isSelected) link.current?.scrollIntoView({ block: 'nearest' })
  }, [isSelected])
  const { about } = row
  return (
    <a
      ref={link}
      class={classes(styles.row, isSelected && styles.selected)}
      href={addressOf(view, row.reviewId)}
      aria-current={isSelected || undefined}
    >
      <span class={styles.line}>
        <b class={styles.name}>{row.customerName}</b>
        <span class={styles.when}>{ago(row.closedAt)}</span>
      </span>
      <span class={styles.line}>
        <span class={styles.about}>
          answered by {about.name}
          {about.vendor && `, ${about.vendor.name}`}
        </span>
        <Stars stars={row.rating} />
        <Score score={row.score} />
      </span>
      <span class={styles.tags}>
        {row.state !== 'waiting' && row.state !== 'finished' && (
          <Tag tone={row.state === 'disputed' ? 'warn' : 'plain'}>{stateWords[row.state]}</Tag>
        )}
        {row.reasons.map((reason) => (
          <Tag key={reason} tone={reason === 'flagged' || reason === 'lowRating' ? 'bad' : 'plain'}>
            {reasonWords[reason]}
          </Tag>
        ))}
        {extra && <span class={styles.extra}>{extra}</span>}
      </span>
    </a>
  )
}
