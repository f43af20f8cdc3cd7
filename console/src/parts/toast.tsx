import { signal } from '@preact/signals'
import { X } from 'lucide'
import { useEffect, useRef } from 'preact/hooks'
import { IconButton } from './icon-button.tsx'
import styles from './toast.module.css'

export interface ToastMessage {
  text: string
  undo?: (() => void) | undefined
  /** Another word for the button, such as “Show”. */
  undoLabel?: string
}

const shownMs = 8_000
const current = signal<(ToastMessage & { id: number }) | null>(null)
let lastId = 0

/** For what has been done. Errors that need an act stay where they happened. */
export function showToast(message: ToastMessage): void {
  lastId += 1
  current.value = { ...message, id: lastId }
}

/** True when something could be undone. */
export function undoLast(): boolean {
  const undo = current.value?.undo
  current.value = null
  undo?.()
  return undo !== undefined
}

export function ToastRegion() {
  const message = current.value
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const id = message?.id
  const rest = () => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      if (current.peek()?.id === id) current.value = null
    }, shownMs)
  }
  useEffect(() => {
    rest()
    return () => clearTimeout(timer.current)
  }, [id])

  return (
    <div class={styles.region} role="status" aria-live="polite">
      {message && (
        // biome-ignore lint/a11y/noStaticElementInteractions: only keeps it in place while it is read
        <div
          key={message.id}
          class={styles.toast}
          onMouseEnter={() => clearTimeout(timer.current)}
          onMouseLeave={rest}
          onFocusCapture={() => clearTimeout(timer.current)}
          onBlurCapture={rest}
        >
          <span class={styles.words}>{message.text}</span>
          {message.undo && (
            <button type="button" class={styles.undo} onClick={() => undoLast()}>
              {message.undoLabel ?? 'Undo'}
            </button>
          )}
          <IconButton
            icon={X}
            label="Dismiss"
            class={styles.close}
            onClick={() => {
              current.value = null
            }}
          />
        </div>
      )}
    </div>
  )
}
