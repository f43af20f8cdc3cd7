import { classes } from './classes.ts'
import styles from './kbd.module.css'

export interface KbdProps {
  /** `Ctrl+K`, `Shift+N`, `G then S`: one cap for each key. */
  keys: string
  isInverse?: boolean
  /** Inside a button, whose `aria-keyshortcuts` already says it. */
  isDecoration?: boolean
  /** Where the keys are what is read: a touch screen may have a keyboard beside it. */
  isAlways?: boolean
}

export function Kbd({ keys, isInverse = false, isDecoration = false, isAlways = false }: KbdProps) {
  const caps = keys.split(/\+| then /).map((cap) => keyNames[cap] ?? cap)
  return (
    <span class={classes(styles.keys, isInverse && styles.inverse, isAlways && styles.always)}>
      {!isDecoration && <span class="visually-hidden">{keys.replaceAll('↵', 'Enter')}</span>}
      <span class={styles.caps} aria-hidden="true">
        {caps.map((cap) => (
          <kbd key={cap} class={styles.cap}>
            {cap}
          </kbd>
        ))}
      </span>
    </span>
  )
}

/** The form `aria-keyshortcuts` wants: `Control+Enter`. */
export function ariaKeys(keys: string): string {
  return keys
    .replace('Ctrl', isApple ? 'Meta' : 'Control')
    .replace('↵', 'Enter')
    .replace(' then ', ' ')
}

const isApple = typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.platform)
const keyNames: Record<string, string> = isApple ? { Ctrl: '⌘', Alt: '⌥', Shift: '⇧' } : {}
