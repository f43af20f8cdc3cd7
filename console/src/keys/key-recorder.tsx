import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { Button } from '../parts/button.tsx'
import styles from './key-list.module.css'
import { isHeldAlone, nameOfKey, saidOf, shownOf } from './key-press.ts'
import { clashOf, hasOwnKeys, keysOf, swapped, withKeys, withUsualKeys } from './own-keys.ts'
import { ownKeyboard, saveKeyboard } from './save-keyboard.ts'
import { type ShortcutId, shortcuts } from './shortcuts.ts'
import { whyNotKeys } from './why-not-keys.ts'

/** Takes the next keys that are pressed. Tab leaves it and Esc closes it, as everywhere. */
export function KeyRecorder({ id, onClose }: { id: ShortcutId; onClose: (saidAloud: string) => void }) {
  const keyboard = ownKeyboard()
  const [leader, setLeader] = useState(false)
  const [clash, setClash] = useState<{ keys: string; with: ShortcutId } | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const field = useRef<HTMLInputElement>(null)
  const wordsId = useId()
  const { label } = shortcuts[id]
  const frame = useRef<HTMLDivElement>(null)
  useEffect(() => field.current?.focus(), [])
  // Its buttons may come to lie below the edge.
  useEffect(() => frame.current?.scrollIntoView({ block: 'nearest' }), [clash, problem])

  async function save(next: typeof keyboard, said: string): Promise<void> {
    const refused = await saveKeyboard(next)
    if (refused === null) onClose(said)
    else setProblem(refused)
  }

  function press(event: KeyboardEvent): void {
    if (event.key === 'Tab' || isHeldAlone(event)) return
    event.preventDefault()
    event.stopPropagation()
    setProblem(null)
    setClash(null)
    if (event.key === 'Escape') return onClose('')
    const name = nameOfKey(event)
    if (name === 'G' && !leader) return setLeader(true)
    setLeader(false)
    const keys = leader ? `G ${name}` : name
    const why = whyNotKeys(id, keys)
    const other = clashOf(id, keys, keyboard)
    if (why !== null) setProblem(`${why} Press other keys.`)
    else if (other !== null) setClash({ keys, with: other })
    else void save(withKeys(id, [keys], keyboard), `${label}: ${saidOf(keys)}`)
  }

  const had = keysOf(id, keyboard)[0]
  return (
    <div ref={frame} class={styles.recorder}>
      <input
        ref={field}
        class={styles.press}
        readOnly
        value={clash ? shownOf(clash.keys) : leader ? 'G then …' : ''}
        placeholder="Press the new keys"
        aria-label={`New keys for ${label}`}
        aria-describedby={wordsId}
        onKeyDown={press}
      />
      <p id={wordsId} class={styles.why} role="status">
        {problem}
        {clash &&
          `${saidOf(clash.keys)} is “${shortcuts[clash.with].label}”. Press other keys, or give it up there.`}
        {!clash && !problem && !keyboard.hasSingleKeys && 'Single keys are off: hold Ctrl or Alt.'}
      </p>
      <div class={styles.acts}>
        {clash && (
          <Button
            size="s"
            variant="primary"
            onClick={() =>
              void save(
                swapped(id, clash.keys, clash.with, keyboard),
                `${label}: ${saidOf(clash.keys)}. ${shortcuts[clash.with].label}: ${had === undefined ? 'off' : saidOf(had)}`,
              )
            }
          >
            {had === undefined ? 'Use it here' : 'Swap the two'}
          </Button>
        )}
        {had !== undefined && (
          <Button size="s" onClick={() => void save(withKeys(id, [], keyboard), `${label}: off`)}>
            Turn off
          </Button>
        )}
        {hasOwnKeys(id, keyboard) && (
          <Button size="s" onClick={() => void save(withUsualKeys(id, keyboard), `${label}: usual keys`)}>
            Usual keys
          </Button>
        )}
        <Button size="s" variant="quiet" onClick={() => onClose('')}>
          Cancel
        </Button>
      </div>
    </div>
  )
}
