import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { placeBeside } from './place-beside.ts'

/** A press on the opener that has just closed the panel must not open it again. */
const samePressMs = 250

/** The browser's own popover: closes on Esc and on a press outside, and gives focus back to its opener. */
export function usePopover(align: 'start' | 'end', focusFirst: (panel: HTMLElement) => void) {
  const panel = useRef<HTMLDivElement>(null)
  const opener = useRef<HTMLElement | null>(null)
  const closedAt = useRef(0)
  const [isOpen, setOpen] = useState(false)

  // Shown once its content is there: its size decides the place, and its first control takes the focus.
  useLayoutEffect(() => {
    const node = panel.current
    if (node === null || opener.current === null || node.matches(':popover-open') === isOpen) return
    if (!isOpen) return node.hidePopover()
    node.showPopover()
    placeBeside(node, opener.current, align)
    focusFirst(node)
  }, [isOpen])

  return {
    panel,
    isOpen,
    close: () => setOpen(false),
    giveBack: () => opener.current?.focus(),
    toggle(button: HTMLElement) {
      opener.current = button
      if (isOpen || performance.now() - closedAt.current > samePressMs) setOpen(!isOpen)
    },
    onToggle(event: { newState: string }) {
      if (event.newState !== 'closed') return
      closedAt.current = performance.now()
      setOpen(false)
    },
    onBeforeToggle(event: { newState: string }) {
      const holdsFocus = panel.current?.contains(document.activeElement)
      if (event.newState === 'closed' && holdsFocus) opener.current?.focus()
    },
  }
}
