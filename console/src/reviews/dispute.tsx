import type { Review } from '@parley/shared/protocol/reviews.ts'
import { type Marks, scoreOf } from '@parley/shared/review/rubric.ts'
import { useState } from 'preact/hooks'
import { Button } from '../parts/button.tsx'
import { TextArea } from '../parts/field.tsx'
import { Problem } from '../settings/parts/confirm.tsx'
import { ago } from '../settings/parts/moments.ts'
import styles from './dispute.module.css'
import { Score } from './score.tsx'
import { Marking } from './scorecard.tsx'
import type { ReviewInHand } from './use-review.ts'

/** What was said against a review, what came of it, and what can be done now. */
export function Dispute({ review, hand }: { review: Review; hand: ReviewInHand }) {
  const { dispute, decision, may } = review
  return (
    <>
      {dispute && (
        <section class={styles.said} aria-label="Dispute">
          <h3 class={styles.title}>Disputed {ago(dispute.at)}</h3>
          <p dir="auto">{dispute.words}</p>
        </section>
      )}
      {decision && (
        <section class={styles.said} aria-label="Decision">
          <h3 class={styles.title}>
            {decision.isUpheld ? 'The review stands' : 'The review was changed'}, {ago(decision.at)}
          </h3>
          <p dir="auto">{decision.words}</p>
        </section>
      )}
      {may.dispute && <Disputing hand={hand} />}
      {may.decide && <Deciding review={review} hand={hand} />}
    </>
  )
}

function Disputing({ hand }: { hand: ReviewInHand }) {
  const [words, setWords] = useState<string>()
  if (words === undefined)
    return (
      <Button class={styles.start} onClick={() => setWords('')}>
        I do not agree
      </Button>
    )
  return (
    <form
      class={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        void hand.act('disputeReview', { words })
      }}
    >
      <TextArea
        label="What is not right?"
        help="Somebody other than the reviewer decides, and you read here what they say."
        value={words}
        onInput={(event) => setWords(event.currentTarget.value)}
      />
      {hand.problem !== undefined && <Problem>{hand.problem}</Problem>}
      <div class={styles.acts}>
        <Button variant="quiet" onClick={() => setWords(undefined)}>
          Cancel
        </Button>
        <Button
          type="submit"
          variant="primary"
          disabled={words.trim() === ''}
          isBusy={hand.busy === 'disputeReview'}
        >
          Dispute the review
        </Button>
      </div>
    </form>
  )
}

function Deciding({ review, hand }: { review: Review; hand: ReviewInHand }) {
  const [words, setWords] = useState('')
  const [marks, setMarks] = useState<Marks>(review.marks)
  const [isUpheld, setUpheld] = useState<boolean>()
  const score = scoreOf(review.rubric.criteria, marks)
  return (
    <form
      class={styles.form}
      aria-label="Decide the dispute"
      onSubmit={(event) => {
        event.preventDefault()
        if (isUpheld !== undefined)
          void hand.act('decideDispute', { isUpheld, words, ...(isUpheld ? {} : { marks }) })
      }}
    >
      <fieldset class={styles.choice}>
        <legend class={styles.title}>Decide</legend>
        <label>
          <input type="radio" name="decision" checked={isUpheld === true} onChange={() => setUpheld(true)} />{' '}
          The review stands
        </label>
        <label>
          <input
            type="radio"
            name="decision"
            checked={isUpheld === false}
            onChange={() => setUpheld(false)}
          />{' '}
          Change the marks
        </label>
      </fieldset>
      {isUpheld === false &&
        review.rubric.criteria.map((criterion) => (
          <Marking
            key={criterion.id}
            criterion={criterion}
            mark={marks[criterion.id]}
            onMark={(mark) => setMarks({ ...marks, [criterion.id]: mark })}
          />
        ))}
      <TextArea
        label="Why"
        help="Both sides read it."
        value={words}
        onInput={(event) => setWords(event.currentTarget.value)}
      />
      {hand.problem !== undefined && <Problem>{hand.problem}</Problem>}
      <div class={styles.acts}>
        {isUpheld === false && <Score score={score} isLarge />}
        <Button
          type="submit"
          variant="primary"
          disabled={isUpheld === undefined || words.trim() === '' || score === null}
          isBusy={hand.busy === 'decideDispute'}
        >
          Decide
        </Button>
      </div>
    </form>
  )
}
