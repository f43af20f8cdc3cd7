import { Plus, Trash2 } from 'lucide'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { IconButton } from '../../parts/icon-button.tsx'
import { Problem } from '../../settings/parts/confirm.tsx'
import styles from './training.module.css'
import type { Draft } from './training-draft.ts'

type Question = Draft['questions'][number]
const mostChoices = 8

export function QuestionFields(props: {
  at: number
  question: Question
  isOnly: boolean
  error: (name: string) => string | undefined
  onChange: (patch: Partial<Question>) => void
  onRemove: () => void
}) {
  const { at, question, error } = props
  const { choices } = question
  const setChoice = (index: number, patch: Partial<Question['choices'][number]>) =>
    props.onChange({ choices: choices.map((one, other) => (other === index ? { ...one, ...patch } : one)) })
  return (
    <div class={styles.section}>
      <div class={styles.sectionHead}>
        <span>Question {at + 1}</span>
        {!props.isOnly && (
          <IconButton icon={Trash2} label={`Remove question ${at + 1}`} onClick={props.onRemove} />
        )}
      </div>
      <Field
        label={`Question ${at + 1}`}
        isLabelHidden
        maxLength={300}
        value={question.text}
        error={error('text')}
        onInput={(event) => props.onChange({ text: event.currentTarget.value })}
      />
      {choices.map((choice, index) => (
        <div key={index} class={styles.choice}>
          <label class={styles.rightLabel}>
            <input
              type="checkbox"
              checked={choice.isRight}
              onChange={(event) => setChoice(index, { isRight: event.currentTarget.checked })}
            />
            Right<span class="visually-hidden">, choice {index + 1}</span>
          </label>
          <Field
            label={`Choice ${index + 1} of question ${at + 1}`}
            isLabelHidden
            maxLength={300}
            value={choice.text}
            error={error(`choices.${index}.text`)}
            onInput={(event) => setChoice(index, { text: event.currentTarget.value })}
          />
          {choices.length > 2 && (
            <IconButton
              icon={Trash2}
              label={`Remove choice ${index + 1} of question ${at + 1}`}
              onClick={() => props.onChange({ choices: choices.filter((_, other) => other !== index) })}
            />
          )}
        </div>
      ))}
      {error('choices') !== undefined && <Problem>{error('choices')}</Problem>}
      <div>
        <Button
          size="s"
          icon={Plus}
          disabled={choices.length >= mostChoices}
          onClick={() => props.onChange({ choices: [...choices, { text: '', isRight: false }] })}
        >
          Add a choice
        </Button>
      </div>
    </div>
  )
}
