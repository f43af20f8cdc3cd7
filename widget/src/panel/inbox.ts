import type { ConversationFeed } from '@parley/shared/client/feed.ts'
import type { ConversationId } from '@parley/shared/ids.ts'
import type { WireEvent } from '@parley/shared/protocol/events.ts'
import type { InboxRow } from '@parley/shared/protocol/reading.ts'
import { say } from '../i18n/words.ts'
import { aboutOf } from './choices.ts'
import { connection } from './connect.ts'
import { tellHost } from './host.ts'
import { call, quiet } from './notice.ts'
import { isPassing } from './refusal.ts'
import { change, getState, keep, recall, show, site, watch } from './state.ts'

const followed = 5
const feeds = new Map<ConversationId, ConversationFeed>()
/** Is the end of the open thread in view? Set by the thread. */
export const reading = { isAtEnd: true }

export function feedOf(conversationId: ConversationId): ConversationFeed {
  const known = feeds.get(conversationId)
  if (known) return known
  const feed = connection.openConversation(conversationId)
  feeds.set(conversationId, feed)
  return feed
}

/** Who can help now, and this person's chats: asked on each connect and when something changed. */
export async function refresh(): Promise<void> {
  const { context, page } = getState()
  const [choices, list] = await Promise.all([
    connection.ask('describeChoices', { about: aboutOf(context, page) }),
    connection.ask('listConversations', {}),
  ])
  if (choices.ok) change({ choices: choices.value })
  if (list.ok) setRows(list.value.rows)
  const refused = [choices, list].find((outcome) => !outcome.ok)
  if (refused && !refused.ok && isPassing(refused.refusal)) refreshSoon(refused.refusal.retryAfterMs)
}

function setRows(rows: InboxRow[]): void {
  const newestFirst = [...rows].sort((one, other) => (one.updatedAt < other.updatedAt ? 1 : -1))
  change({ rows: newestFirst })
  const open = newestFirst.filter((row) => row.status !== 'closed')
  for (const row of open.slice(0, followed)) feedOf(row.conversationId)
  // While one is open, the next page of the shop connects by itself to learn of answers.
  keep('conversation', open[0]?.conversationId ?? null)
}

function patch(conversationId: ConversationId, next: (row: InboxRow) => Partial<InboxRow>): void {
  const { rows } = getState()
  if (rows.some((row) => row.conversationId === conversationId))
    setRows(rows.map((row) => (row.conversationId === conversationId ? { ...row, ...next(row) } : row)))
  else void refresh()
}

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
    .events.findLast((event) => event.type === 'messageSent' && event.by.side !== 'customer')
  if (newest?.type === 'messageSent') feeds.get(conversationId)?.mark(newest.payload.messageId)
  if (row && row.unread > 0) patch(conversationId, () => ({ unread: 0 }))
}

connection.on('event', (event: WireEvent) => {
  const { conversationId } = event
  if (event.type === 'messageSent') {
    const { messageId, text } = event.payload
    const isOwn = event.by.side === 'customer'
    if (isOwn) tellHost('event', 'messageSent', { conversationId, messageId })
    else tellHost('event', 'messageReceived', { conversationId, messageId, from: event.by.name })
    const isSeen = isOwn || isReading(conversationId)
    patch(conversationId, (row) => ({
      lastMessage: { messageId, text, by: event.by, at: event.at },
      updatedAt: event.at,
      unread: isSeen ? row.unread : row.unread + 1,
    }))
    if (!isOwn && !isSeen) call(event.by.of ?? event.by.name, Math.max(1, unreadNow()))
    if (!isOwn && isSeen) markRead(conversationId)
  } else if (event.type === 'conversationClosed') {
    patch(conversationId, () => ({ status: 'closed' }))
    tellHost('event', 'conversationEnded', { conversationId })
  } else if (event.type === 'conversationReopened') patch(conversationId, () => ({ status: 'waiting' }))
})

connection.on('state', (state) => {
  if (state === 'online') void refresh()
})

let soon: ReturnType<typeof setTimeout> | undefined
// Spread, so that a whole site does not ask in one moment.
function refreshSoon(leastMs = 500): void {
  clearTimeout(soon)
  soon = setTimeout(refresh, leastMs + Math.random() * 1_500)
}
connection.on('availability', () => refreshSoon())
connection.on('inbox', (row) => patch(row.conversationId, (held) => ({ ...row, unread: held.unread })))
connection.on('forget', ({ conversationId }) => {
  feeds.get(conversationId)?.close()
  feeds.delete(conversationId)
  setRows(getState().rows.filter((row) => row.conversationId !== conversationId))
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

const unreadNow = () => getState().rows.reduce((sum, row) => sum + row.unread, 0)

let told = -1
watch(() => {
  const unread = unreadNow()
  if (unread === told || !getState().choices) return
  told = unread
  // What the launcher is called, in the reader's language: it has no words of its own.
  const name = site.branding.launcherText ?? say('open')
  keep('label', unread > 0 ? name + say('comma') + say('unreadIn', unread) : name)
  keep('unread', `${unread}`)
})
