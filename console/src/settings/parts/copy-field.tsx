import { Check, Copy } from 'lucide'
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { Button } from '../../parts/button.tsx'
import styles from './copy-field.module.css'

const shownMs = 2_500

/** Text to take along: readable, selectable, copied by one button that says so. */
export function CopyField({
  label,
  text,
  isMultiline = false,
}: {
  label: string
  text: string
  isMultiline?: boolean
}) {
  const id = useId()
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle')
  const shown = useRef<HTMLPreElement>(null)

  useEffect(() => {
    if (state === 'idle') return
    const timer = setTimeout(() => setState('idle'), shownMs)
    return () => clearTimeout(timer)
  }, [state])

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text)
      setState('copied')
    } catch {
      // The browser forbids it: select the text, so that Ctrl+C is all that is left to do.
      if (shown.current) getSelection()?.selectAllChildren(shown.current)
      setState('failed')
    }
  }

  return (
    <div class={styles.copy}>
      <div class={styles.head}>
        <span id={id} class={styles.label}>
          {label}
        </span>
        <Button
          size="s"
          icon={state === 'copied' ? Check : Copy}
          onClick={() => void copy()}
          aria-describedby={id}
        >
          {state === 'copied' ? 'Copied' : 'Copy'}
        </Button>
        <span role="status" class="visually-hidden">
          {state === 'copied' ? `${label} copied` : ''}
        </span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long text scrolls, and must be reachable by keyboard */}
      <section class={isMultiline ? styles.block : styles.line} aria-labelledby={id} tabIndex={0}>
        <pre ref={shown} class={styles.text}>
          {text}
        </pre>
      </section>
      {state === 'failed' && (
        <p role="status" class={styles.help}>
          The browser does not allow copying here. The text is selected: press Ctrl C.
        </p>
      )}
    </div>
  )
}
