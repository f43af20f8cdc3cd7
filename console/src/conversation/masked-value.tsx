import { newRequestId } from '@parley/shared/client/request-id.ts'
import { limits } from '@parley/shared/protocol/limits.ts'
import { Check, Copy } from 'lucide'
import { useEffect, useRef, useState } from 'preact/hooks'
import { refusalWords } from '../acts/refusal-words.ts'
import { ask } from '../connection.ts'
import { Button } from '../parts/button.tsx'
import { Field } from '../parts/field.tsx'
import { IconButton } from '../parts/icon-button.tsx'
import { showToast } from '../parts/toast.tsx'
import styles from './masked-value.module.css'

/** Of the open conversation, by field: in memory, and gone when it is left. */
export interface Revealed {
  values: Readonly<Record<string, string>>
  keep: (field: string, value: string) => void
}

export function useRevealed(): Revealed {
  const [values, setValues] = useState<Record<string, string>>({})
  return { values, keep: (field, value) => setValues((before) => ({ ...before, [field]: value })) }
}

export interface MaskedValueProps {
  conversationId: string
  /** `email`, or the id of a question. */
  field: string
  /** What it is, inside a sentence: “email address”. */
  what: string
  masked: string
  revealed: Revealed
}

/** A way to reach the customer: masked, until somebody has said why they need it. */
export function MaskedValue(props: MaskedValueProps) {
  const { field, what, masked, revealed } = props
  const [isAsking, setAsking] = useState(false)
  const place = useRef<HTMLSpanElement>(null)
  const focusButton = () =>
    requestAnimationFrame(() => place.current?.querySelector<HTMLElement>('button')?.focus())
  const whole = revealed.values[field]
  return (
    <span ref={place} class={styles.masked}>
      <span class={styles.row}>
        <bdi class={styles.value}>{whole ?? masked}</bdi>
        {whole !== undefined && <CopyButton what={what} text={whole} />}
        {whole === undefined && !isAsking && (
          <Button size="s" aria-label={`Show ${what}`} onClick={() => setAsking(true)}>
            Show
          </Button>
        )}
      </span>
      {isAsking && (
        <WhyForm
          {...props}
          onEnd={(value) => {
            if (value !== undefined) revealed.keep(field, value)
            setAsking(false)
            focusButton()
          }}
        />
      )}
      <span role="status" class="visually-hidden">
        {whole === undefined ? '' : `The ${what} is shown`}
      </span>
    </span>
  )
}

function WhyForm({
  conversationId,
  field,
  what,
  onEnd,
}: MaskedValueProps & { onEnd: (value?: string) => void }) {
  const [reason, setReason] = useState('')
  const [wrong, setWrong] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  // Asking again after a lost answer is the same wish.
  const requestId = useRef(newRequestId())
  const focusField = () => form.current?.querySelector('input')?.focus()
  useEffect(() => focusField(), [])

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    if (isBusy) return
    const given = reason.trim()
    if (given.length < limits.leastRevealReason) return refuse('Say why in a few words.')
    setBusy(true)
    const wish = { requestId: requestId.current, conversationId, field, reason: given }
    const outcome = await ask('revealContact', wish)
    setBusy(false)
    if (outcome.ok) return onEnd(outcome.value.value)
    if (outcome.refusal.code !== 'unavailable') requestId.current = newRequestId()
    refuse(refusalWords(outcome.refusal))
  }

  function refuse(words: string): void {
    setWrong(words)
    focusField()
  }

  return (
    <form
      ref={form}
      class={styles.form}
      aria-label={`Show ${what}`}
      noValidate
      onSubmit={(event) => void submit(event)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.isComposing) return
        // Neither the sheet it may stand in nor the conversation is meant.
        event.preventDefault()
        event.stopPropagation()
        onEnd()
      }}
    >
      <Field
        label="Why do you need it?"
        help={`Your reason is kept in the audit log. You can do this ${limits.revealsPerDay} times a day.`}
        maxLength={limits.revealReasonCodePoints}
        autoComplete="off"
        value={reason}
        error={wrong}
        onInput={(event) => setReason(event.currentTarget.value)}
      />
      <span class={styles.buttons}>
        <Button size="s" variant="quiet" onClick={() => onEnd()}>
          Cancel
        </Button>
        <Button size="s" variant="primary" type="submit" aria-label={`Show the ${what}`} isBusy={isBusy}>
          Show
        </Button>
      </span>
    </form>
  )
}

function CopyButton({ what, text }: { what: string; text: string }) {
  const [isCopied, setCopied] = useState(false)
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => {
        setCopied(true)
        showToast({ text: `The ${what} is copied` })
      },
      () => showToast({ text: 'The browser did not allow copying' }),
    )
  return (
    <IconButton
      icon={isCopied ? Check : Copy}
      iconSize={14}
      label={`Copy ${what}`}
      class={styles.copy}
      onClick={() => void copy()}
    />
  )
}
