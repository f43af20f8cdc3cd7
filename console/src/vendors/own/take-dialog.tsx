import type { Refusal } from '@parley/shared/protocol/refusals.ts'
import type { TrainingModule, TrainingQuestion, TrainingResult } from '@parley/shared/protocol/vendors.ts'
import { Check, X } from 'lucide'
import { useRef, useState } from 'preact/hooks'
import { ask } from '../../connection.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Icon } from '../../parts/icon.tsx'
import { safeMarkup } from '../../settings/appearance/safe-markup.tsx'
import { Problem } from '../../settings/parts/confirm.tsx'
import { refusalWords } from '../../settings/parts/refusal-words.ts'
import { requestId } from '../../settings/parts/request-id.ts'
import styles from '../training/training.module.css'
import { dayOf } from '../vendor-words.ts'

/** Read, answer, hand in; marked by the server. */
export function TakeDialog(props: { module: TrainingModule; onClose: () => void; onPassed: () => void }) {
  const { module } = props
  const [answers, setAnswers] = useState<number[][]>(() => module.questions.map(() => []))
  const [result, setResult] = useState<TrainingResult>()
  const [refusal, setRefusal] = useState<Refusal>()
  const [isBusy, setBusy] = useState(false)
  const told = useRef<HTMLDivElement>(null)
  const left = result?.attemptsLeft ?? module.attemptsLeft

  async function hand(): Promise<void> {
    setBusy(true)
    setRefusal(undefined)
    const { moduleId, version } = module
    const outcome = await ask('takeTraining', { requestId: requestId(), moduleId, version, answers })
    setBusy(false)
    if (!outcome.ok) return setRefusal(outcome.refusal)
    setResult(outcome.value)
    if (outcome.value.hasPassed) props.onPassed()
    requestAnimationFrame(() => told.current?.focus())
  }

  return (
    <Dialog
      isOpen
      onClose={props.onClose}
      title={module.title}
      width={640}
      footer={
        result?.hasPassed ? (
          <Button variant="primary" onClick={props.onClose}>
            Done
          </Button>
        ) : (
          <>
            <span class={styles.quiet}>{triesWords(left)}</span>
            <Button
              variant="primary"
              isBusy={isBusy}
              disabled={left === 0 || answers.some((chosen) => chosen.length === 0)}
              onClick={() => void hand()}
            >
              Hand in
            </Button>
          </>
        )
      }
    >
      <div class={styles.read}>
        {module.sections.map(({ heading, body, picture }) => (
          <section key={heading} class={styles.part}>
            <h3 class={styles.partHead}>{heading}</h3>
            <div class={styles.text}>{safeMarkup(body)}</div>
            {picture && (
              <img class={styles.shown} src={`/api/v1/files/${picture.fileId}`} alt={picture.alt} />
            )}
          </section>
        ))}
        <h3 class={styles.partHead}>Test</h3>
        {module.questions.map((question, at) => (
          <Question
            key={question.text}
            name={`question-${at}`}
            question={question}
            chosen={answers[at] ?? []}
            isRight={result?.right[at]}
            isDone={result?.hasPassed === true}
            onChange={(chosen) => setAnswers(answers.map((one, other) => (other === at ? chosen : one)))}
          />
        ))}
        {refusal && <Problem>{refusalWords(refusal)}</Problem>}
        {result && (
          <div ref={told} class={styles.result} role="status" tabIndex={-1}>
            <strong>
              {result.hasPassed ? 'Passed' : 'Not passed'}, {result.percent} %
            </strong>
            <span>
              {result.hasPassed && result.expiresAt !== null
                ? `It counts until ${dayOf(result.expiresAt)}.`
                : `You need ${module.passPercent} %. Read it again and change what was not right.`}
            </span>
          </div>
        )}
      </div>
    </Dialog>
  )
}

function triesWords(left: number): string {
  if (left === 0) return 'No more tries today'
  return left === 1 ? '1 try left today' : `${left} tries left today`
}

function Question(props: {
  name: string
  question: TrainingQuestion
  chosen: readonly number[]
  isRight: boolean | undefined
  isDone: boolean
  onChange: (chosen: number[]) => void
}) {
  const { question, chosen, isRight } = props
  const isOne = question.rightCount === 1
  return (
    <fieldset class={styles.question} disabled={props.isDone}>
      <legend>
        {question.text}
        {!isOne && ` (${question.rightCount} are right)`}{' '}
        {isRight !== undefined && (
          <span class={`${styles.mark} ${isRight ? styles.right : styles.wrong}`}>
            <Icon node={isRight ? Check : X} size={14} />
            {isRight ? 'Right' : 'Not right'}
          </span>
        )}
      </legend>
      {question.choices.map((choice, index) => (
        <label key={choice} class={styles.answer}>
          <input
            type={isOne ? 'radio' : 'checkbox'}
            name={props.name}
            checked={chosen.includes(index)}
            onChange={(event) => {
              if (isOne) props.onChange([index])
              else if (event.currentTarget.checked) props.onChange([...chosen, index])
              else props.onChange(chosen.filter((one) => one !== index))
            }}
          />
          <span>{choice}</span>
        </label>
      ))}
    </fieldset>
  )
}
