import type { IntakeField, IntakeForm } from '@parley/shared/protocol/reading.ts'
import type { Topic } from '@parley/shared/protocol/settings.ts'
import { Plus } from 'lucide'
import { useRef, useState } from 'preact/hooks'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { Card } from '../parts/page.tsx'
import { moved, neighbour, replaced, without } from '../parts/reorder.ts'
import { FieldEditor } from './field-editor.tsx'
import { freshId } from './field-id.ts'
import styles from './intake.module.css'

const mostFields = 12

export interface IntakeEditorProps {
  form: IntakeForm
  path: string
  topics: readonly Topic[]
  isReadOnly: boolean
  error: (path: string) => string | undefined
  leave: (path: string) => void
  onChange: (form: IntakeForm) => void
}

/** Questions in order. Every move is a button; focus stays with the question that moved. */
export function IntakeEditor(props: IntakeEditorProps) {
  const { form, path, isReadOnly, onChange } = props
  const [openId, setOpenId] = useState<string>()
  const [said, setSaid] = useState('')
  const list = useRef<HTMLOListElement>(null)
  const { fields } = form

  function focus(id: string, what: string): void {
    requestAnimationFrame(() =>
      list.current?.querySelector<HTMLElement>(`[data-field="${id}"] [data-act="${what}"]`)?.focus(),
    )
  }

  function move(from: number, to: number): void {
    const field = fields[from]
    if (field === undefined || to < 0 || to >= fields.length) return
    onChange({ ...form, fields: moved(fields, from, to) })
    setSaid(`${field.label} is now question ${to + 1} of ${fields.length}`)
    focus(field.id, to < from ? 'up' : 'down')
  }

  function remove(at: number): void {
    const next = neighbour(fields.length, at)
    const left = without(fields, at)
    onChange({ ...form, fields: left })
    setSaid(`${fields[at]?.label ?? 'The question'} is removed`)
    const stay = next === undefined ? undefined : left[next]
    if (stay !== undefined) focus(stay.id, 'open')
  }

  function add(): void {
    const id = freshId(
      '',
      fields.map((field) => field.id),
    )
    onChange({
      ...form,
      fields: [...fields, { id, label: '', type: 'text', isRequired: false, isPrivate: false }],
    })
    setOpenId(id)
    focus(id, 'label')
  }

  return (
    <>
      <Card title="Introduction">
        <Field
          label="One sentence above the questions"
          isLabelHidden
          placeholder="Four short questions, then you can write."
          maxLength={200}
          value={form.intro ?? ''}
          error={props.error(`${path}.intro`)}
          onBlur={() => props.leave(`${path}.intro`)}
          onInput={(event) => onChange(withIntro(form, event.currentTarget.value))}
        />
      </Card>
      <Card
        title="Questions"
        aside={`${fields.length} of ${mostFields} at most; four or fewer are answered most`}
        isFlush
      >
        <ol ref={list} class={styles.fields}>
          {fields.map((field, index) => (
            <FieldEditor
              key={field.id}
              field={field}
              index={index}
              count={fields.length}
              path={`${path}.fields.${index}`}
              topics={props.topics}
              isOpen={openId === field.id}
              isReadOnly={isReadOnly}
              error={props.error}
              leave={props.leave}
              onToggle={() => setOpenId(openId === field.id ? undefined : field.id)}
              onMove={(to) => move(index, to)}
              onRemove={() => remove(index)}
              onChange={(changed: IntakeField) =>
                onChange({ ...form, fields: replaced(fields, index, changed) })
              }
            />
          ))}
        </ol>
        {fields.length === 0 && <p class={styles.none}>No questions: people write at once.</p>}
        {!isReadOnly && fields.length < mostFields && (
          <div class={styles.add}>
            <Button icon={Plus} variant="quiet" onClick={add}>
              Add a question
            </Button>
          </div>
        )}
        <p role="status" class="visually-hidden">
          {said}
        </p>
      </Card>
    </>
  )
}

function withIntro(form: IntakeForm, intro: string): IntakeForm {
  return intro === '' ? { fields: form.fields } : { ...form, intro }
}
