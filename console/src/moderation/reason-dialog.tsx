import { newRequestId } from '@parley/shared/client/request-id.ts'
import { limits } from '@parley/shared/protocol/limits.ts'
import type { Refusal } from '@parley/shared/protocol/refusals.ts'
import { useRef, useState } from 'preact/hooks'
import { refusalWords } from '../acts/refusal-words.ts'
import styles from '../conversation/dialogs.module.css'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { TextArea } from '../parts/field.tsx'

/** An act that needs a reason: what it does, and who learns of it. */
export interface ReasonWish {
  title: string
  /** What happens now, in one sentence. */
  effect: string
  button: string
  isDangerous?: boolean
  /** Who reads the reason, where it is not staff alone. */
  reasonHelp?: string
  /** Asked besides: what the sender of a rejected message is told. */
  words?: { label: string; help: string; start: string }
  /** `words` is empty where none are asked for. */
  run: (given: { reason: string; words: string; requestId: string }) => Promise<Refusal | null>
}

export function ReasonDialog({ wish, onClose }: { wish: ReasonWish | null; onClose: () => void }) {
  return (
    <Dialog title={wish?.title ?? ''} isOpen={wish !== null} onClose={onClose}>
      {wish !== null && <ReasonForm wish={wish} onClose={onClose} />}
    </Dialog>
  )
}

function ReasonForm({ wish, onClose }: { wish: ReasonWish; onClose: () => void }) {
  const [reason, setReason] = useState('')
  const [words, setWords] = useState(wish.words?.start ?? '')
  const [wrong, setWrong] = useState<{ reason?: string; words?: string; all?: string }>({})
  const [isBusy, setBusy] = useState(false)
  // Asking again after a lost answer is the same wish.
  const requestId = useRef(newRequestId())

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    const missing = {
      ...(reason.trim() === '' ? { reason: 'Say why. It goes into the audit log.' } : {}),
      ...(wish.words && words.trim() === '' ? { words: 'Say what the sender is told.' } : {}),
    }
    setWrong(missing)
    if (Object.keys(missing).length > 0) {
      const form = event.currentTarget as HTMLFormElement
      requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid]')?.focus())
      return
    }
    setBusy(true)
    const given = { reason: oneLine(reason), words: oneLine(words), requestId: requestId.current }
    const refusal = await wish.run(given)
    setBusy(false)
    if (refusal === null) return onClose()
    setWrong({ all: refusalWords(refusal) })
    if (refusal.code !== 'unavailable') requestId.current = newRequestId()
  }

  return (
    <form class={styles.form} onSubmit={(event) => void submit(event)} noValidate>
      <p>{wish.effect}</p>
      {wish.words && (
        <TextArea
          label={wish.words.label}
          help={wish.words.help}
          rows={2}
          maxLength={limits.reasonCodePoints}
          value={words}
          error={wrong.words}
          onInput={(event) => setWords(event.currentTarget.value)}
        />
      )}
      <TextArea
        label="Reason"
        help={wish.reasonHelp ?? 'Staff see it here and in the audit log. Nobody else does.'}
        rows={2}
        maxLength={limits.reasonCodePoints}
        value={reason}
        error={wrong.reason}
        data-focus-first
        onInput={(event) => setReason(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
          event.preventDefault()
          event.currentTarget.form?.requestSubmit()
        }}
      />
      {wrong.all !== undefined && (
        <p class={styles.error} role="alert">
          {wrong.all}
        </p>
      )}
      <div class={styles.buttons}>
        <Button variant="quiet" onClick={onClose}>
          Cancel
        </Button>
        <Button variant={wish.isDangerous ? 'danger' : 'primary'} type="submit" isBusy={isBusy}>
          {wish.button}
        </Button>
      </div>
    </form>
  )
}

function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ')
}
