import { useRef, useState } from 'preact/hooks'
import type { ListItem } from './group-rows.ts'
import { holdOrder } from './hold-order.ts'

/** Rows do not move under the pointer or while one has the focus; what is new waits behind “3 new”. */
export function useHeldItems(next: ListItem[], hasArrived: (key: string) => boolean) {
  const [isHeld, setHeld] = useState(false)
  const shown = useRef<ListItem[]>([])
  const { items, waiting } =
    isHeld && shown.current.length > 0
      ? holdOrder(shown.current, next, hasArrived)
      : { items: next, waiting: 0 }
  shown.current = items
  return {
    items,
    waiting,
    setHeld,
    showNew: () => {
      shown.current = []
      setHeld((held) => held)
    },
  }
}
