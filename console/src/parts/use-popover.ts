import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { placeBeside } from './place-beside.ts'

/** The browser's own popover: closes on Esc and on a press outside, and gives focus back to its opener. */
export function usePopover(align: 'start' | 'end', focusFirst: (panel: HTMLElement) => void) {
  const panel = useRef<HTMLDivElement>(null)
  const opener = useRef<HTMLButtonElement | null>(null)
  // A number for each opening: closed and opened again before the next drawing is a change all the same.
  const openings = useRef(0)
  const [opening, setOpening] = useState(0)
  const isOpen = opening > 0

  // Shown once its content is there: its size decides the place, and its first control takes the focus.
  useLayoutEffect(() => {
    const node = panel.current
    if (node === null || opener.current === null || node.matches(':popover-open') === isOpen) return
    if (!isOpen) return node.hidePopover()
    // A press on the opener is then none outside: the browser leaves it to us to close, once.
    opener.current.popoverTargetElement = node
    node.showPopover()
    placeBeside(node, opener.current, align)
    focusFirst(node)
  }, [opening])

  return {
    panel,
    isOpen,
    close: () => setOpening(0),
    giveBack: () => opener.current?.focus(),
    toggle(event: MouseEvent) {
      if (!(event.currentTarget instanceof HTMLButtonElement)) return
      event.preventDefault()
      opener.current = event.currentTarget
      openings.current += 1
      const next = openings.current
      setOpening((now) => (now > 0 ? 0 : next))
    },
    // Told before it closes, not some time after: the next key may open it again.
    onBeforeToggle(event: { newState: string }) {
      if (event.newState !== 'closed') return
      if (panel.current?.contains(document.activeElement)) opener.current?.focus()
      setOpening(0)
    },
  }
}
