import { newRequestId } from '@parley/shared/client/request-id.ts'
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
  /** Answers why it was refused; a reply goes through the outbox and is not. */
  onSend: (text: string, requestId: string) => Promise<Refusal | null>
  onEscape: () => void
  onTyped?: () => void
}

const icons: Record<WordsBoxProps['kind'], IconNode> = { whisper: Ear, reply: Eye }

/** What a moderator writes, to the vendor alone or into the conversation. */
export function WordsBox({ kind, audience, onSend, onEscape, onTyped }: WordsBoxProps) {
  const [text, setText] = useState('')
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [isBusy, setBusy] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const requestId = useRef(newRequestId())
  useEffect(() => field.current?.focus(), [kind])

  async function send(): Promise<void> {
    if (text.trim() === '' || isBusy) return
    setBusy(true)
    const refused = await onSend(text, requestId.current)
    setBusy(false)
    setRefusal(refused)
    if (refused === null) {
      setText('')
      requestId.current = newRequestId()
    } else if (refused.code !== 'unavailable') requestId.current = newRequestId()
    field.current?.focus()
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
        onKeyDown={(event) => {
          if (event.isComposing) return
          if (event.key === 'Escape') onEscape()
          else if (event.key === 'Enter' && !event.shiftKey) void send()
          else return
          event.preventDefault()
          event.stopPropagation()
        }}
      />
      <div class={styles.foot}>
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
