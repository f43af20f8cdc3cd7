import { newRequestId } from '@parley/shared/client/request-id.ts'
import { limits } from '@parley/shared/protocol/limits.ts'
import type { Refusal } from '@parley/shared/protocol/refusals.ts'
import { Ear, Eye, type IconNode, TriangleAlert } from 'lucide'
import { useEffect, useRef, useState } from 'preact/hooks'
import { refusalWords } from '../acts/refusal-words.ts'
import { Button } from '../parts/button.tsx'
import { classes } from '../parts/classes.ts'
import { Icon } from '../parts/icon.tsx'
import styles from './words-box.module.css'

export interface WordsBoxProps {
  kind: 'whisper' | 'reply'
  /** Who will see it. */
  audience: string
  /** Answers why it was refused; a reply goes through the outbox and is not, and has no reason. */
  onSend: (text: string, requestId: string, reason: string) => Promise<Refusal | null>
  onEscape: () => void
  onTyped?: () => void
}

/** To be quick: whoever has another reason says it once, and it stays while the box is open. */
const usualReason = 'Help the vendor answer well'

const icons: Record<WordsBoxProps['kind'], IconNode> = { whisper: Ear, reply: Eye }

/** What a moderator writes, to the vendor alone or into the conversation. */
export function WordsBox({ kind, audience, onSend, onEscape, onTyped }: WordsBoxProps) {
  const [text, setText] = useState('')
  const [reason, setReason] = useState(usualReason)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [isBusy, setBusy] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const why = useRef<HTMLInputElement>(null)
  const requestId = useRef(newRequestId())
  useEffect(() => field.current?.focus(), [kind])

  const isReasonMissing = kind === 'whisper' && reason.trim() === ''

  async function send(): Promise<void> {
    if (text.trim() === '' || isBusy) return
    if (isReasonMissing) return why.current?.focus()
    setBusy(true)
    const refused = await onSend(text, requestId.current, reason.trim())
    setBusy(false)
    setRefusal(refused)
    if (refused === null) {
      setText('')
      requestId.current = newRequestId()
    } else if (refused.code !== 'unavailable') requestId.current = newRequestId()
    field.current?.focus()
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.isComposing) return
    if (event.key === 'Escape') onEscape()
    else if (event.key === 'Enter' && !event.shiftKey) void send()
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div class={classes(styles.box, kind === 'whisper' && styles.whisper)}>
      <p class={styles.audience}>
        <Icon node={icons[kind]} size={14} /> {audience}
      </p>
      <textarea
        ref={field}
        class={styles.text}
        rows={2}
        dir="auto"
        aria-label={kind === 'whisper' ? 'Whisper to the vendor' : 'Reply as moderator'}
        placeholder={kind === 'whisper' ? 'Write to the vendor alone' : 'Write as moderator'}
        value={text}
        readOnly={isBusy}
        onInput={(event) => {
          setText(event.currentTarget.value)
          onTyped?.()
        }}
        onKeyDown={onKeyDown}
      />
      <div class={styles.foot}>
        {kind === 'whisper' && (
          <label class={styles.why}>
            Reason
            <input
              ref={why}
              class={styles.reason}
              dir="auto"
              maxLength={limits.reasonCodePoints}
              title="Staff alone see it, here and in the audit log"
              aria-invalid={isReasonMissing || undefined}
              placeholder="Say why. It goes into the audit log."
              value={reason}
              onFocus={(event) => event.currentTarget.select()}
              onInput={(event) => setReason(event.currentTarget.value)}
              onKeyDown={onKeyDown}
            />
          </label>
        )}
        {refusal !== null && (
          <p class={styles.refusal} role="alert">
            <Icon node={TriangleAlert} size={14} /> {refusalWords(refusal)}
          </p>
        )}
        <Button
          size="s"
          variant="primary"
          shortcut="↵"
          isBusy={isBusy}
          disabled={text.trim() === ''}
          onClick={() => void send()}
        >
          {kind === 'whisper' ? 'Whisper' : 'Send'}
        </Button>
      </div>
    </div>
  )
}
