import type { ConversationFeed, FeedView } from '@parley/shared/client/feed.ts'
import { useEffect, useState } from 'preact/hooks'

/** Redraws whenever the feed changes, also between the first drawing and the subscription. */
export function useFeed(feed: ConversationFeed): FeedView {
  const [, redraw] = useState<FeedView>()
  useEffect(() => {
    const draw = () => redraw(feed.get())
    draw()
    return feed.subscribe(draw)
  }, [feed])
  return feed.get()
}
