import type { ConversationFeed, FeedView } from '@parley/shared/client/feed.ts'
import { useEffect, useState } from 'preact/hooks'

/** Redraws whenever the feed changes, also between the first drawing and the subscription. */
export function useFeed(feed: ConversationFeed | null): FeedView | null {
  const [, redraw] = useState<FeedView>()
  useEffect(() => {
    const draw = () => redraw(feed?.get())
    draw()
    return feed?.subscribe(draw)
  }, [feed])
  return feed?.get() ?? null
}

const arrived = new Map<() => Promise<unknown>, unknown>()

/** Code fetched only once it is wanted; nothing until then. */
export function usePart<Part>(load: () => Promise<Part>, isWanted = true): Part | undefined {
  const [, redraw] = useState({})
  useEffect(() => {
    if (!isWanted || arrived.has(load)) return
    load().then(
      (part) => {
        arrived.set(load, part)
        redraw({})
      },
      () => {},
    )
  }, [load, isWanted])
  return arrived.get(load) as Part | undefined
}

/** True once the time is over: for what is worth saying only if it lasts. */
export function useLasting(ms: number): boolean {
  const [isOver, end] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => end(true), ms)
    return () => clearTimeout(timer)
  }, [ms])
  return isOver
}
