import type { CannedReply } from '@parley/shared/protocol/settings.ts'
import { useRef, useState } from 'preact/hooks'
import { ask } from '../../connection.ts'
import { Button } from '../../parts/button.tsx'
import { Field, TextArea } from '../../parts/field.tsx'
import { DialogForm } from '../parts/dialog-form.tsx'
import { requestId } from '../parts/request-id.ts'
import { checkWish, type FieldErrors } from '../parts/wish-errors.ts'
import styles from './replies.module.css'
import { unknownVariables, variables, withExamples } from './variables.ts'

interface Wanted {
  shortcut: string
  title: string
  text: string
}

export function ReplyDialog(props: {
  reply: CannedReply | undefined
  taken: readonly CannedReply[]
  onClose: () => void
  onSaved: (reply: CannedReply) => void
}) {
  const { reply } = props
  const cannedReplyId = reply?.cannedReplyId ?? null
  const [value, setValue] = useState<Wanted>({
    shortcut: reply?.shortcut ?? '',
    title: reply?.title ?? '',
    text: reply?.text ?? '',
  })
  const change = (patch: Partial<Wanted>) => setValue({ ...value, ...patch })
  const area = useRef<HTMLDivElement>(null)
  const others = props.taken.filter((one) => one.cannedReplyId !== cannedReplyId)

  function insert(name: string): void {
    const field = area.current?.querySelector('textarea')
    const [from, to] = field
      ? [field.selectionStart, field.selectionEnd]
      : [value.text.length, value.text.length]
    const variable = `{{${name}}}`
    change({ text: value.text.slice(0, from) + variable + value.text.slice(to) })
    requestAnimationFrame(() => {
      field?.focus()
      field?.setSelectionRange(from + variable.length, from + variable.length)
    })
  }

  return (
    <DialogForm
      title={reply === undefined ? 'Add a canned reply' : 'Edit canned reply'}
      act={reply === undefined ? 'Add reply' : 'Save'}
      width={640}
      value={value}
      check={(wanted) => ({
        ...checkWish('saveCannedReply', { requestId: 'unsent00', cannedReplyId, ...wanted }),
        ...problemsOf(wanted, others),
      })}
      save={async (wanted) => {
        const outcome = await ask('saveCannedReply', { requestId: requestId(), cannedReplyId, ...wanted })
        if (outcome.ok) props.onSaved(outcome.value)
        return outcome.ok ? null : outcome.refusal
      }}
      onClose={props.onClose}
    >
      {(error, leave) => (
        <>
          <Field
            label="Title"
            data-focus-first
            maxLength={120}
            placeholder="Late parcel: apology and new date"
            value={value.title}
            error={error('title')}
            onBlur={() => value.title !== '' && leave('title')}
            onInput={(event) => change({ title: event.currentTarget.value })}
          />
          <Field
            label="Shortcut"
            help="Typed after /, such as /late."
            spellcheck={false}
            autocapitalize="off"
            maxLength={40}
            value={value.shortcut}
            error={error('shortcut')}
            onBlur={() => value.shortcut !== '' && leave('shortcut')}
            onInput={(event) =>
              change({
                shortcut: event.currentTarget.value.replace(/^\//, '').toLowerCase().replaceAll(' ', '-'),
              })
            }
          />
          <div ref={area}>
            <TextArea
              label="Text"
              rows={6}
              value={value.text}
              error={error('text')}
              onBlur={() => value.text !== '' && leave('text')}
              onInput={(event) => change({ text: event.currentTarget.value })}
            />
          </div>
          <fieldset aria-label="Insert a variable" class={styles.variables}>
            {variables.map((variable) => (
              <Button
                key={variable.name}
                size="s"
                title={variable.words}
                onClick={() => insert(variable.name)}
              >
                {variable.words}
              </Button>
            ))}
          </fieldset>
          {value.text !== '' && (
            <div>
              <p class={styles.previewHead}>As it would read for Marta</p>
              <p class={styles.preview}>{withExamples(value.text)}</p>
            </div>
          )}
        </>
      )}
    </DialogForm>
  )
}

function problemsOf(wanted: Wanted, others: readonly CannedReply[]): FieldErrors {
  const unknown = unknownVariables(wanted.text)
  const same = others.find((other) => other.shortcut === wanted.shortcut)
  return {
    ...(unknown.length === 0
      ? {}
      : {
          text: `Nothing fills ${unknown.map((name) => `{{${name}}}`).join(', ')}. Use the variables below.`,
        }),
    ...(same === undefined ? {} : { shortcut: `/${same.shortcut} is taken by “${same.title}”.` }),
  }
}
