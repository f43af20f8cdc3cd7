import type { ConversationFeed } from '@parley/shared/client/feed.ts'

/**
 * Once everything written here has reached the server: what closes a conversation must not overtake the answer that it
 * ends with. False when one of them was refused meanwhile.
 */
export function whenSent(feed: Pick<ConversationFeed, 'get' | 'subscribe'>): Promise<boolean> {
  const inState = (...states: string[]) =>
    feed.get().pending.filter(({ state }) => states.includes(state)).length
  const refusedBefore = inState('refused')
  return new Promise((resolve) => {
    const look = () => {
      if (inState('sending', 'waiting') > 0) return
      stop()
      resolve(inState('refused') <= refusedBefore)
    }
    const stop = feed.subscribe(look)
    look()
  })
}
