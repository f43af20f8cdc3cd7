import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from '@tanstack/virtual-core'
import { useLayoutEffect, useReducer, useState } from 'preact/hooks'

export interface VirtualList {
  count: number
  sizeOf: (index: number) => number
  keyOf: (index: number) => string
  scrollElement: () => HTMLElement | null
}

/** Only the rows near the window exist as nodes. */
export function useVirtual({ count, sizeOf, keyOf, scrollElement }: VirtualList) {
  const [, redraw] = useReducer((times: number, _: null) => times + 1, 0)
  const options = {
    count,
    getScrollElement: scrollElement,
    estimateSize: sizeOf,
    getItemKey: keyOf,
    overscan: 6,
    scrollToFn: elementScroll,
    observeElementRect,
    observeElementOffset,
    onChange: () => redraw(null),
  }
  const [virtualizer] = useState(() => new Virtualizer<HTMLElement, HTMLElement>(options))
  virtualizer.setOptions(options)
  useLayoutEffect(() => virtualizer._didMount(), [])
  useLayoutEffect(() => virtualizer._willUpdate())
  return virtualizer
}
