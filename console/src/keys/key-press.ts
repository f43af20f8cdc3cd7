/** What is read of a key event. */
export interface KeyPress {
  key: string
  code: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  shiftKey: boolean
  getModifierState?: (name: string) => boolean
}

/** The name of a key press in the table's own words: `Ctrl+Alt+E`, `Shift+N`, `?`. */
export function nameOfKey(press: KeyPress): string {
  const isCtrl = press.ctrlKey || press.metaKey
  const letter = letterOf(press)
  const isLetter = /^[a-z]$/i.test(letter)
  const name = signNames[letter] ?? (letter.length === 1 ? letter.toUpperCase() : letter)
  const hasShift = press.shiftKey && (isLetter || letter.length > 1)
  return [isCtrl && 'Ctrl', press.altKey && 'Alt', hasShift && 'Shift', name].filter(Boolean).join('+')
}

const signNames: Record<string, string> = { ' ': 'Space', '+': 'Plus' }

/** With Alt held a Mac types signs (⌥E is ´), and other scripts have no Latin letters: the key's place counts then. */
function letterOf({ key, code, altKey }: KeyPress): string {
  const place = /^Key([A-Z])$/.exec(code)?.[1]
  const isLatin = key.length > 1 || /[\x20-\x7e]/.test(key)
  return place !== undefined && (altKey || !isLatin) ? place : key
}

/** A held key alone: the one it is held for is still to come. */
export function isHeldAlone({ key }: KeyPress): boolean {
  return /^(Control|Meta|OS|Alt|AltGraph|Shift|CapsLock|Fn|Dead|Process|Unidentified)$/.test(key)
}

/**
 * Writing, not commanding: AltGr (which Windows tells as Ctrl and Alt) and a Mac's ⌥ in a field make the letters of
 * many languages. Whoever writes € or é must not resolve the conversation.
 */
export function isWriting(press: KeyPress, isInField: boolean): boolean {
  if (press.getModifierState?.('AltGraph')) return true
  const isAltOnly = press.altKey && !press.ctrlKey && !press.metaKey
  const place = /^Key([A-Z])$/.exec(press.code)?.[1]
  return isInField && isAltOnly && place !== undefined && press.key.toUpperCase() !== place
}

/** Without Ctrl or Alt: also a key that is pressed by accident, or by somebody who speaks to the machine. */
export function isSingleKey(keys: string): boolean {
  return !/Ctrl|Alt|(^|\+)F\d|^Escape$/.test(keys)
}

const shownNames: [RegExp, string][] = [
  [/Enter/, '↵'],
  [/Escape/, 'Esc'],
  [/ArrowUp/, '↑'],
  [/ArrowDown/, '↓'],
  [/ArrowLeft/, '←'],
  [/ArrowRight/, '→'],
  [/^G /, 'G then '],
]

/** As shown on key caps: `↵` for Enter. */
export function shownOf(keys: string): string {
  return shownNames.reduce((shown, [name, sign]) => shown.replace(name, sign), keys)
}

/** As said in a sentence: `Ctrl Alt E`. */
export function saidOf(keys: string): string {
  return shownOf(keys).replaceAll('+', ' ').replace('↵', 'Enter')
}
