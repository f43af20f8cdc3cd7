import { useRef, useState } from 'preact/hooks'

/**
 * Cards never move under the pointer or while one has focus: their order is held, and what is new waits to be shown. What is
 * gone goes at once.
 */
export function useSteadyOrder<Row extends { conversationId: string }>(rows: readonly Row[]) {
  const shown = useRef<string[]>([])
  const [isHeld, setHeld] = useState(false)
  const byId = new Map(rows.map((row) => [row.conversationId, row]))
  if (!isHeld) shown.current = rows.map((row) => row.conversationId)
  const kept = shown.current.flatMap((id) => byId.get(id) ?? [])
  const release = (event: { currentTarget: Element; relatedTarget: EventTarget | null }) => {
    if (event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget)) return
    setHeld(event.currentTarget.matches(':hover') || event.currentTarget.contains(document.activeElement))
  }
  return {
    rows: kept,
    waiting: rows.length - kept.length,
    /** Takes the present order over, wherever the pointer is. */
    show: () => {
      shown.current = rows.map((row) => row.conversationId)
      setHeld(false)
    },
    hold: {
      onPointerEnter: () => setHeld(true),
      onFocusIn: () => setHeld(true),
      onPointerLeave: release,
      onFocusOut: release,
    },
  }
}
