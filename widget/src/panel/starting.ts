import { mayRetry } from '@parley/shared/protocol/refusals.ts'
import type { Starting } from './begin.ts'
import { connection } from './connect.ts'
import { tellHost } from './host.ts'
import { refresh } from './inbox.ts'
import { talk } from './parts/later.ts'
import { change, getState, keep, recall, show } from './state.ts'

let isAsking = false
let isOut = false
let again: ReturnType<typeof setTimeout> | undefined

/** The chat on its way, if there is one: it survives a reload. */
export function startingNow(): Starting | null {
  return JSON.parse(recall('starting') ?? 'null')
}

/** How far its first words have got. */
export function stateNow(): 'sending' | 'waiting' | 'sent' {
  if (isOut) return 'sent'
  const { connection, isOffline } = getState()
  return connection === 'online' && !isOffline ? 'sending' : 'waiting'
}

/** Written before the chat has been opened: goes out right after. */
export function sayMore(text: string): void {
  const starting = startingNow()
  if (!starting) return
  keep('starting', JSON.stringify({ ...starting, more: [...starting.more, text] }))
  change({})
}

/** Opens the chat that waits, once: the same request however often it must be asked. */
export async function wake(): Promise<void> {
  const starting = startingNow()
  if (!starting || isAsking) return
  isAsking = true
  clearTimeout(again)
  const outcome = await connection.ask('startConversation', starting.wish)
  if (outcome.ok) await enter(starting, outcome.value.conversationId)
  else if (!mayRetry(outcome.refusal))
    await (await talk.fetch()).giveBack(startingNow() ?? starting, outcome.refusal)
  else again = setTimeout(wake, outcome.refusal.retryAfterMs ?? 1_500)
  isAsking = false
}

// The first message is out: what shows a conversation comes now.
async function enter({ choice, wish }: Starting, conversationId: string): Promise<void> {
  isOut = true
  change({})
  const { feedOf } = await talk.fetch()
  isOut = false
  const feed = feedOf(conversationId)
  for (const text of startingNow()?.more ?? []) feed.send(text)
  keep('starting', null)
  keep('conversation', conversationId)
  // What is half written goes on there.
  keep(`draft:${conversationId}`, recall('draft:') ?? null)
  keep('draft:', null)
  const email = choice.form.fields.find((field) => field.filledBy === 'email')
  if (email && wish.answers?.[email.id]) keep(`mail:${conversationId}`, 'given')
  tellHost('event', 'conversationStarted', { conversationId })
  const { screen } = getState()
  if (screen.name === 'chat' && screen.conversationId === null) show({ ...screen, conversationId })
  void refresh()
}

connection.on('state', (state) => {
  if (state === 'online') void wake()
})

// After a reload of the same page the chat on its way is where it was, as an open one is.
const left = startingNow()
if (left?.wish.about?.page?.url === getState().page.url && getState().screen.name === 'choose')
  show({ name: 'chat', conversationId: null, choice: left.choice, place: left.wish.requestId })
void wake()
