import type { Connection } from '@parley/shared/client/connection.ts'
import type { ConversationFeed, FeedView } from '@parley/shared/client/feed.ts'
import { type Signal, signal } from '@preact/signals'
import { createDrawSoon } from './draw-soon.ts'

/** Kept live after leaving, so that coming back shows everything at once. */
const keptOpen = 8

export interface OpenFeed {
  feed: ConversationFeed
  view: Signal<FeedView>
}

let owner: Connection | null = null
const open = new Map<string, OpenFeed>()

/** The live feed of a conversation; the most recently used ones stay open. */
export function openFeed(connection: Connection, conversationId: string): OpenFeed {
  if (owner !== connection) {
    owner = connection
    open.clear()
  }
  const known = open.get(conversationId)
  if (known !== undefined) {
    open.delete(conversationId)
    open.set(conversationId, known)
    return known
  }
  const feed = connection.openConversation(conversationId)
  const view = signal(feed.get())
  const { soon } = createDrawSoon(() => {
    view.value = feed.get()
  })
  feed.subscribe(soon)
  const opened = { feed, view }
  open.set(conversationId, opened)
  for (const [id, oldest] of open) {
    if (open.size <= keptOpen) break
    open.delete(id)
    oldest.feed.close()
  }
  return opened
}

/** A right was lost or the conversation is gone: nothing of it stays in this tab. */
export function forgetFeed(conversationId: string): void {
  open.get(conversationId)?.feed.close()
  open.delete(conversationId)
}
