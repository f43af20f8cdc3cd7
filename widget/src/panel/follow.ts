import { createConversations } from '@parley/shared/client/conversations.ts'
import type { ConversationFeed } from '@parley/shared/client/feed.ts'
import type { OutboxStore } from '@parley/shared/client/outbox.ts'
import type { ConversationId } from '@parley/shared/ids.ts'
import type { WireEvent } from '@parley/shared/protocol/events.ts'
import { connection } from './connect.ts'
import { tellHost } from './host.ts'
import { patch, unreadNow } from './inbox.ts'
import { call, quiet } from './notice.ts'
import { isOwn } from './own.ts'
import { getState, keep, recall, recallNames, show, together, watch } from './state.ts'
import { gather } from './watchers.ts'

const store: OutboxStore = {
  list: (readerId) =>
    recallNames()
      .filter((name) => name.startsWith(`out:${readerId}:`))
      .map((name) => JSON.parse(recall(name) ?? 'null')),
  put: (readerId, message) => keep(`out:${readerId}:${message.requestId}`, JSON.stringify(message)),
  remove: (readerId, requestId) => keep(`out:${readerId}:${requestId}`, null),
}
const { openConversation } = createConversations(connection, store)
const followed = 5
const feeds = new Map<ConversationId, ConversationFeed>()
/** Is the end of the open thread in view? Set by the thread. */
export const reading = { isAtEnd: true }

export function feedOf(conversationId: ConversationId): ConversationFeed {
  const known = feeds.get(conversationId)
  if (known) return known
  const feed = openConversation(conversationId)
  feeds.set(conversationId, feed)
  return feed
}

function follow(): void {
  const open = getState().rows.filter((row) => row.status !== 'closed')
  for (const row of open.slice(0, followed)) feedOf(row.conversationId)
}
follow()
watch(follow)

export function isReading(conversationId: ConversationId): boolean {
  const { screen, isShown } = getState()
  return (
    isShown &&
    reading.isAtEnd &&
    screen.name === 'chat' &&
    screen.conversationId === conversationId &&
    document.visibilityState === 'visible'
  )
}

/** The reader has come to the end of what is there. */
export function markRead(conversationId: ConversationId): void {
  if (!isReading(conversationId)) return
  quiet()
  const row = getState().rows.find((one) => one.conversationId === conversationId)
  const newest = feeds
    .get(conversationId)
    ?.get()
    .events.findLast((event) => event.type === 'messageSent' && !isOwn(event.by))
  if (newest?.type === 'messageSent') feeds.get(conversationId)?.mark(newest.payload.messageId)
  if (row && row.unread > 0) patch(conversationId, () => ({ unread: 0 }))
}

function hear(event: WireEvent): void {
  const { conversationId } = event
  if (event.type === 'messageSent') {
    const { messageId, text } = event.payload
    const isMine = isOwn(event.by)
    if (isMine) tellHost('event', 'messageSent', { conversationId, messageId })
    else tellHost('event', 'messageReceived', { conversationId, messageId, from: event.by.name })
    const isSeen = isMine || isReading(conversationId)
    patch(conversationId, (row) => ({
      lastMessage: { messageId, text, by: event.by, at: event.at },
      updatedAt: event.at,
      unread: isSeen ? row.unread : row.unread + 1,
    }))
    if (!isMine && !isSeen) call(event.by.of ?? event.by.name, Math.max(1, unreadNow()))
    if (!isMine && isSeen) markRead(conversationId)
  } else if (event.type === 'conversationClosed') {
    patch(conversationId, () => ({ status: 'closed' }))
    tellHost('event', 'conversationEnded', { conversationId })
  } else if (event.type === 'conversationReopened') patch(conversationId, () => ({ status: 'waiting' }))
}
// Whoever was away hears of hundreds at once.
connection.on(
  'event',
  gather<WireEvent>((events) => together(() => events.forEach(hear))),
)

connection.on('forget', ({ conversationId }) => {
  feeds.get(conversationId)?.close()
  feeds.delete(conversationId)
})

// After a reload of the same page the chat is where it was; another page of the shop begins with its own matter.
const placeNow = () => {
  const { screen, page } = getState()
  return screen.name === 'chat' && screen.conversationId ? `${screen.conversationId} ${page.url}` : null
}
const [lastId, lastUrl] = recall('at')?.split(' ') ?? []
if (lastId && lastUrl === getState().page.url && getState().screen.name === 'choose')
  show({ name: 'chat', conversationId: lastId })
watch(() => {
  if (placeNow() !== (recall('at') ?? null)) keep('at', placeNow())
})
