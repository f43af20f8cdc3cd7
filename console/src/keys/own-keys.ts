import type { Keyboard } from '@parley/shared/protocol/reading.ts'
import { isSingleKey } from './key-press.ts'
import { isFixed, type ShortcutId, shortcutIds, shortcuts } from './shortcuts.ts'

export const usualKeyboard: Keyboard = { keys: {}, hasSingleKeys: true }

/** The keys of a shortcut for this person: their own, or the usual ones that no own shortcut has taken. */
export function keysOf(id: ShortcutId, keyboard: Keyboard): readonly string[] {
  if (id === 'canned') return [cannedSignOf(keyboard)]
  const own = ownOf(id, keyboard)
  if (own !== undefined && id !== 'send') return own
  const wanted = own === undefined ? shortcuts[id].keys : withUsualSend(own)
  return wanted.filter(
    (keys) => own?.[0] === keys || !shortcutIds.some((other) => ownOf(other, keyboard)?.includes(keys)),
  )
}

/** What calls canned replies: `/`, or what a hand knows from elsewhere. */
export const cannedSigns = ['/', '#', '!', '::'] as const

export function cannedSignOf({ keys }: Keyboard): string {
  return cannedSigns.find((sign) => sign === keys.canned?.[0]) ?? '/'
}

/** Whoever sends with Enter alone may send with Ctrl Enter too: then nobody has to think of it. */
function withUsualSend(own: readonly string[]): readonly string[] {
  return own[0] === 'Enter' ? ['Enter', ...shortcuts.send.keys] : own
}

export function hasOwnKeys(id: ShortcutId, keyboard: Keyboard): boolean {
  return ownOf(id, keyboard) !== undefined
}

function ownOf(id: ShortcutId, { keys }: Keyboard): readonly string[] | undefined {
  return isFixed(id) || !Object.hasOwn(keys, id) ? undefined : keys[id]
}

/** Those that work now: single keys may be switched off. */
export function workingKeysOf(id: ShortcutId, keyboard: Keyboard): readonly string[] {
  return keysOf(id, keyboard).filter(
    (keys) => keyboard.hasSingleKeys || isFixed(id) || id === 'send' || !isSingleKey(keys),
  )
}

/** Who has these keys already. */
export function clashOf(id: ShortcutId, keys: string, keyboard: Keyboard): ShortcutId | null {
  const taken = shortcutIds.find(
    (other) => other !== id && !isFixed(other) && keysOf(other, keyboard).includes(keys),
  )
  return taken ?? null
}

export function withKeys(id: ShortcutId, keys: readonly string[], keyboard: Keyboard): Keyboard {
  return { ...keyboard, keys: { ...keyboard.keys, [id]: [...keys] } }
}

/** Gives the keys to this one, and what it had before to the one that had them. */
export function swapped(id: ShortcutId, keys: string, other: ShortcutId, keyboard: Keyboard): Keyboard {
  const [had] = keysOf(id, keyboard)
  const left = keysOf(other, keyboard).filter((one) => one !== keys)
  return withKeys(other, had === undefined ? left : [had, ...left], withKeys(id, [keys], keyboard))
}

export function withUsualKeys(id: ShortcutId, keyboard: Keyboard): Keyboard {
  const { [id]: _, ...keys } = keyboard.keys
  return { ...keyboard, keys }
}
