import type { Review } from '@parley/shared/protocol/reviews.ts'
import { type Criterion, type Mark, scoreOf } from '@parley/shared/review/rubric.ts'
import { Button } from '../parts/button.tsx'
import { TextArea } from '../parts/field.tsx'
import { Problem } from '../settings/parts/confirm.tsx'
import { Score } from './score.tsx'
import styles from './scorecard.module.css'
import type { DraftInHand } from './use-draft.ts'
import type { ReviewInHand } from './use-review.ts'
import { marksInOrder, markWords } from './words.ts'

/** To be scored: every mark and word is kept as it is made, and nobody sees it before it is finished. */
export function Scorecard(props: {
  review: Review
  own: DraftInHand
  hand: ReviewInHand
  onFinished: () => void
}) {
  const { review, own, hand, onFinished } = props
  const { criteria } = review.rubric
  const { marks, summary } = own.draft
  const score = scoreOf(criteria, marks)
  const missing = criteria.filter(({ id }) => marks[id] === undefined).length

  async function finish() {
    if (scoreOf(criteria, own.latest().marks) !== null && (await own.keep(true))) onFinished()
  }
  function mark(id: string, to: Mark) {
    own.change((draft) => ({ marks: { ...draft.marks, [id]: to } }))
    void own.keep()
  }

  return (
    <form
      class={styles.card}
      aria-label="Scorecard"
      onSubmit={(event) => {
        event.preventDefault()
        void finish()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
        event.preventDefault()
        void finish()
      }}
    >
      {criteria.map((criterion) => (
        <Marking
          key={criterion.id}
          criterion={criterion}
          mark={marks[criterion.id]}
          onMark={(to) => mark(criterion.id, to)}
        />
      ))}
      <TextArea
        label="In a few words"
        help="Seen by whoever answered, when you finish."
        rows={3}
        maxLength={2000}
        value={summary}
        onInput={({ currentTarget }) => own.change(() => ({ summary: currentTarget.value }))}
        onBlur={() => {
          if (own.latest().summary !== review.summary) void own.keep()
        }}
      />
      {hand.problem !== undefined && <Problem>{hand.problem}</Problem>}
      <div class={styles.foot}>
        <span class={styles.total} aria-live="polite">
          {missing > 0 ? (
            `${missing} to mark`
          ) : score === null ? (
            'Mark at least one'
          ) : (
            <Score score={score} isLarge />
          )}
        </span>
        <Button
          variant="quiet"
          disabled={hand.busy !== undefined}
          onClick={() => void hand.act('claimReview', { isMine: false })}
        >
          Give back
        </Button>
        <Button
          type="submit"
          variant="primary"
          shortcut="Ctrl+Enter"
          disabled={score === null}
          isBusy={hand.busy === 'saveReview' && score !== null && missing === 0}
        >
          Finish
        </Button>
      </div>
    </form>
  )
}

export function Marking(props: {
  criterion: Criterion
  mark: Mark | undefined
  onMark: (mark: Mark) => void
}) {
  const { criterion, mark, onMark } = props
  return (
    <fieldset class={styles.marking}>
      <legend class={styles.legend}>
        {criterion.label}
        {criterion.isCritical && <span class={styles.critical}>a No makes it 0</span>}
      </legend>
      {criterion.help !== '' && <p class={styles.help}>{criterion.help}</p>}
      <div class={styles.choices}>
        {marksInOrder.map((one) => (
          <label key={one} class={styles.choice}>
            <input
              type="radio"
              name={`mark-${criterion.id}`}
              value={one}
              checked={mark === one}
              onChange={() => onMark(one)}
            />
            <span>{markWords[one]}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** As it was scored. */
export function ScoredCard({ review }: { review: Review }) {
  return (
    <section class={styles.card} aria-label="Scorecard">
      <dl class={styles.scored}>
        {review.rubric.criteria.map((criterion) => {
          const mark = review.marks[criterion.id]
          return (
            <div key={criterion.id} class={styles.result}>
              <dt>{criterion.label}</dt>
              <dd class={mark === undefined ? undefined : styles[mark]}>{mark ? markWords[mark] : '—'}</dd>
            </div>
          )
        })}
      </dl>
      {review.summary !== '' && (
        <p class={styles.summary} dir="auto">
          {review.summary}
        </p>
      )}
    </section>
  )
}
