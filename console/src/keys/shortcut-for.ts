import type { Keyboard } from '@parley/shared/protocol/reading.ts'
import { isSingleKey, isWriting, type KeyPress, nameOfKey } from './key-press.ts'
import { workingKeysOf } from './own-keys.ts'
import { isHandledInPlace, type ShortcutId, shortcutIds } from './shortcuts.ts'

export interface KeyPlace {
  isInField: boolean
  /** A letter pressed just before: `G` waits for its second. */
  leader: string | null
  keyboard: Keyboard
}

export function shortcutFor(press: KeyPress, place: KeyPlace): ShortcutId | null {
  const name = nameOfKey(press)
  if (isWriting(press, place.isInField) || (isSingleKey(name) && place.isInField)) return null
  const wanted = place.leader === null ? name : `${place.leader} ${name}`
  const found = shortcutIds.find(
    (id) => !isHandledInPlace(id) && workingKeysOf(id, place.keyboard).includes(wanted),
  )
  return found ?? null
}

export function isLeader(press: KeyPress, place: KeyPlace): boolean {
  return nameOfKey(press) === 'G' && !place.isInField && place.keyboard.hasSingleKeys && place.leader === null
}
