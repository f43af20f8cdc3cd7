import { shownOf } from './key-press.ts'
import { workingKeysOf } from './own-keys.ts'
import { ownKeyboard } from './save-keyboard.ts'
import type { ShortcutId } from './shortcuts.ts'

/** As shown on key caps for whoever is signed in; undefined when it has no keys. */
export function shownKeys(id: ShortcutId): string | undefined {
  const [first] = workingKeysOf(id, ownKeyboard())
  return first === undefined ? undefined : shownOf(first)
}
