import type { ConversationId } from '../ids.ts'
import { type ConversationFeed, createFeed, type LiveFeed } from './feed.ts'
import type { Link } from './link.ts'
import { createOutbox, type Outbox, type OutboxStore } from './outbox.ts'

export interface Conversations {
  openConversation(conversationId: ConversationId, how?: { isWatching?: boolean }): ConversationFeed
  /** Unsent messages of every conversation of this reader. */
  outbox: Outbox
}

/** Feeds and outbox over a link, which may have been online for a while. */
export function createConversations(link: Link, store: OutboxStore): Conversations {
  const feeds = new Map<ConversationId, Set<LiveFeed>>()
  const isOnline = () => link.state === 'online'
  const outbox = createOutbox({ store, ask: link.ask, isOnline })
  let owner: string | null = null

  const feedsOf = (conversationId: ConversationId) => feeds.get(conversationId) ?? []
  const everyFeed = () => [...feeds.values()].flatMap((set) => [...set])

  function belong(readerId: string | null): void {
    if (readerId === null || readerId === owner) return
    owner = readerId
    outbox.belongTo(readerId)
  }

  belong(link.readerId)
  link.on('welcome', ({ readerId }) => belong(readerId))
  link.on('ready', () => {
    for (const feed of everyFeed()) feed.resume()
    outbox.wake()
  })
  link.on('received', (event) => {
    for (const feed of feedsOf(event.conversationId)) feed.receive(event)
  })
  link.on('head', ({ conversationId, position }) => {
    for (const feed of feedsOf(conversationId)) feed.learnHead(position)
  })
  link.on('marks', (marks) => {
    for (const feed of feedsOf(marks.conversationId)) feed.receiveMarks(marks)
  })
  link.on('closed', () => {
    outbox.stop()
    for (const feed of everyFeed()) feed.stop()
    feeds.clear()
  })

  return {
    outbox,
    openConversation(conversationId, { isWatching = false } = {}) {
      const set = feeds.get(conversationId) ?? new Set<LiveFeed>()
      feeds.set(conversationId, set)
      const feed = createFeed({
        conversationId,
        ask: link.ask,
        outbox,
        readerId: () => link.readerId,
        isOnline,
        isWatching,
        onEvent: (event) => link.tell('event', event),
        onClose: () => {
          set.delete(feed)
          if (set.size > 0) return
          feeds.delete(conversationId)
          if (isOnline()) void link.ask('unfollowConversation', { conversationId })
        },
      })
      set.add(feed)
      if (isOnline()) feed.resume()
      return feed
    },
  }
}
