import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { placeBeside } from './place-beside.ts'

/** The browser's own popover: closes on Esc and on a press outside, and gives focus back to its opener. */
export function usePopover(align: 'start' | 'end', focusFirst: (panel: HTMLElement) => void) {
  const panel = useRef<HTMLDivElement>(null)
  const opener = useRef<HTMLButtonElement | null>(null)
  const [isOpen, setOpen] = useState(false)

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
  }, [isOpen])

  return {
    panel,
    isOpen,
    close: () => setOpen(false),
    giveBack: () => opener.current?.focus(),
    toggle(event: MouseEvent) {
      if (!(event.currentTarget instanceof HTMLButtonElement)) return
      event.preventDefault()
      opener.current = event.currentTarget
      setOpen(!isOpen)
    },
    onToggle(event: { newState: string }) {
      if (event.newState === 'closed') setOpen(false)
    },
    onBeforeToggle(event: { newState: string }) {
      const holdsFocus = panel.current?.contains(document.activeElement)
      if (event.newState === 'closed' && holdsFocus) opener.current?.focus()
    },
  }
}
