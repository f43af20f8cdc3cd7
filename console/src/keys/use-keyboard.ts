import { useEffect } from 'preact/hooks'
import { runShortcut } from '../acts/console-commands.ts'
import { ownKeyboard } from './save-keyboard.ts'
import { isLeader, type KeyPlace, shortcutFor } from './shortcut-for.ts'

const leaderMs = 1_200

/** The one listener for keys that belong to no field. */
export function useKeyboard(): void {
  useEffect(() => {
    let leader: string | null = null
    let timer: ReturnType<typeof setTimeout> | undefined
    const forget = () => {
      leader = null
    }
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return
      const place: KeyPlace = {
        isInField: isField(event.target),
        leader,
        keyboard: ownKeyboard(),
      }
      const id = shortcutFor(event, place)
      const isModal = document.querySelector('dialog:modal') !== null
      clearTimeout(timer)
      if (id === null && isLeader(event, place)) {
        leader = 'G'
        timer = setTimeout(forget, leaderMs)
        return
      }
      forget()
      // Inside a dialog only its own keys count; Ctrl+K closes what it opened.
      if (id === null || (isModal && id !== 'commands')) return
      if (document.querySelector(':popover-open') !== null) return
      if (runShortcut(id)) event.preventDefault()
    }
    addEventListener('keydown', press)
    return () => {
      removeEventListener('keydown', press)
      clearTimeout(timer)
    }
  }, [])
}

function isField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (
    target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  )
    return true
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'range'].includes(target.type)
}
