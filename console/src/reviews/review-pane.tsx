import type { Review } from '@parley/shared/protocol/reviews.ts'
import { ChevronLeft } from 'lucide'
import { useEffect, useRef } from 'preact/hooks'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { AskedView } from '../settings/parts/asked-view.tsx'
import { Problem } from '../settings/parts/confirm.tsx'
import { Dispute } from './dispute.tsx'
import styles from './review-pane.module.css'
import { Score, Stars } from './score.tsx'
import { Scorecard, ScoredCard } from './scorecard.tsx'
import { Transcript } from './transcript.tsx'
import { useDraft } from './use-draft.ts'
import { type ReviewInHand, useReview } from './use-review.ts'
import { addressOf, type ReviewsView } from './views.ts'
import { stateWords } from './words.ts'

export function ReviewPane(props: {
  reviewId: string
  view: ReviewsView
  onChanged: (review: Review) => void
  onFinished: () => void
}) {
  const { reviewId, view, onChanged, onFinished } = props
  const hand = useReview(reviewId, onChanged)
  return (
    <div class={styles.pane}>
      <AskedView of={hand.page} lines={8}>
        {({ review, events }) => (
          <Opened
            key={review.reviewId}
            review={review}
            events={events}
            hand={hand}
            view={view}
            onFinished={onFinished}
          />
        )}
      </AskedView>
    </div>
  )
}

function Opened(props: {
  review: Review
  events: Parameters<typeof Transcript>[0]['events']
  hand: ReviewInHand
  view: ReviewsView
  onFinished: () => void
}) {
  const { review, events, hand, view, onFinished } = props
  const draft = useDraft(review, hand)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus({ preventScroll: true }), [])
  const { about, may } = review

  function comment(comments: Review['comments']) {
    draft.change(() => ({ comments }))
    void draft.keep()
  }

  return (
    <>
      <header class={styles.head}>
        <a class={styles.back} href={addressOf(view)} aria-label="Back to the list">
          <Icon node={ChevronLeft} size={20} />
        </a>
        <div class={styles.words}>
          <h2 ref={heading} tabIndex={-1} class={styles.title}>
            {review.customerName} and {about.name}
          </h2>
          <p class={styles.facts}>
            {[about.vendor?.name, review.topic, stateWords[review.state]].filter(Boolean).join(' · ')}
            {review.reviewer && ` by ${review.reviewer.name}`}
          </p>
        </div>
        <Stars stars={review.rating} />
        {review.finishedAt !== null && <Score score={review.score} isLarge />}
      </header>
      <div class={styles.body}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <section class={styles.talk} aria-label="Conversation" tabIndex={0}>
          {events.length === 0 ? (
            <p class={styles.gone}>
              This conversation has passed to somebody else; what was said is theirs to see.
            </p>
          ) : (
            <Transcript
              events={events}
              comments={draft.draft.comments}
              onComment={may.score ? comment : undefined}
            />
          )}
        </section>
        <aside class={styles.side} aria-label="Review">
          {may.score ? (
            <Scorecard review={review} own={draft} hand={hand} onFinished={onFinished} />
          ) : review.finishedAt === null ? (
            <Unscored review={review} hand={hand} />
          ) : (
            <ScoredCard review={review} />
          )}
          <Dispute review={review} hand={hand} />
        </aside>
      </div>
    </>
  )
}

function Unscored({ review, hand }: { review: Review; hand: ReviewInHand }) {
  const { reviewer, state } = review
  return (
    <div class={styles.unscored}>
      <p>
        {state === 'started' && reviewer
          ? `${reviewer.name} reviews this one.`
          : 'Nobody has begun with this one. When you do, it is yours until you finish or give it back.'}
      </p>
      {hand.problem !== undefined && <Problem>{hand.problem}</Problem>}
      {state === 'waiting' && (
        <Button
          variant="primary"
          isBusy={hand.busy === 'claimReview'}
          onClick={() => void hand.act('claimReview', { isMine: true })}
        >
          Review it
        </Button>
      )}
    </div>
  )
}
