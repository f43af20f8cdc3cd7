import { isSingleKey, saidOf } from './key-press.ts'
import { isWhileWriting, type ShortcutId } from './shortcuts.ts'

/** Chrome, Firefox, Safari and Edge act on these before or whatever a page does. */
const ofBrowser =
  /^(Ctrl\+(Shift\+)?[TNWQ]|Ctrl\+(Shift\+)?[RLDPSFGHJOU0-9]|Ctrl\+Shift\+[CIKMBP]|Ctrl\+([-=,]|Plus)|Ctrl\+(Shift\+)?(PageUp|PageDown)|(Ctrl\+)?(Shift\+)?F(1|3|5|7|10|11|12)|Alt\+(D|F|F4|Home|Space|ArrowLeft|ArrowRight)|(Ctrl\+)?Alt\+Delete|Ctrl\+Shift\+Delete)$/
const forWriting = /^(Ctrl\+(Shift\+)?[ACVXYZ]|Ctrl\+(Shift\+)?(Backspace|Delete|Insert|Home|End|Arrow\w+))$/
const forMoving =
  /^(Shift\+)?(Enter|Space|Backspace|Delete|Insert|Home|End|PageUp|PageDown|ContextMenu|Arrow\w+)$/

/** Why these keys cannot be a shortcut, in a sentence; null when they can. */
export function whyNotKeys(id: ShortcutId, keys: string): string | null {
  if (ofBrowser.test(keys)) return `The browser keeps ${saidOf(keys)} for itself.`
  if (forWriting.test(keys)) return `${saidOf(keys)} is needed for writing.`
  if (isWhileWriting(id) && keys === 'Enter') return null
  if (forMoving.test(keys)) return `${saidOf(keys)} is needed for moving about and pressing buttons.`
  if (isWhileWriting(id) && isSingleKey(keys)) return 'This works while you write, so it needs Ctrl or Alt.'
  return null
}
