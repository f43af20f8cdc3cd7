import type { Starting } from './begin.ts'
import { connection } from './connect.ts'
import { tellHost } from './host.ts'
import { feedOf, refresh } from './inbox.ts'
import { isPassing, refusalText } from './refusal.ts'
import { change, getState, keep, recall, show } from './state.ts'

let isAsking = false
let again: ReturnType<typeof setTimeout> | undefined

/** The chat on its way, if there is one: it survives a reload. */
export function startingNow(): Starting | null {
  return JSON.parse(recall('starting') ?? 'null')
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
  isAsking = false
  const { screen } = getState()
  const isHere = screen.name === 'chat' && screen.conversationId === null
  if (outcome.ok) {
    const { conversationId } = outcome.value
    const feed = feedOf(conversationId)
    for (const text of startingNow()?.more ?? []) feed.send(text)
    keep('starting', null)
    keep('conversation', conversationId)
    const { choice, wish } = starting
    const email = choice.form.fields.find((field) => field.filledBy === 'email')
    if (email && wish.answers?.[email.id]) keep(`mail:${conversationId}`, 'given')
    tellHost('event', 'conversationStarted', { conversationId })
    if (isHere) show({ ...screen, conversationId })
    void refresh()
  } else if (isPassing(outcome.refusal)) {
    again = setTimeout(wake, outcome.refusal.retryAfterMs ?? 1_500)
  } else giveBack(starting, outcome.refusal)
}

// Nothing typed is lost: what was refused returns to where it was written.
function giveBack(starting: Starting, refusal: Parameters<typeof refusalText>[0] & { field?: string }): void {
  const { wish, choice, more } = starting
  const answers = { ...getState().answers, ...wish.answers }
  keep('starting', null)
  keep('form', JSON.stringify(answers))
  keep('draft:', [wish.text, ...more].filter(Boolean).join('\n') || null)
  const problem = refusalText(refusal)
  const field = choice.form.fields.find(({ id }) => refusal.field?.split('.').includes(id))
  const hasForm = Object.keys(wish.answers ?? {}).length > 0 || field
  show(hasForm ? { name: 'form', choice } : { name: 'chat', conversationId: null, choice })
  change({ answers, faults: field ? { [field.id]: problem } : {}, problem })
}

connection.on('state', (state) => {
  if (state === 'online') void wake()
})
