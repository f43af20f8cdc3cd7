import type { Wish } from '../channel.ts'
import { firstChoices } from './choices.ts'
import { live, talk } from './parts/later.ts'
import { change, getState, keep, recall, show, site, watch } from './state.ts'

const patienceMs = 3_000

/** What the page wishes: to be led somewhere, or to have words put or sent. */
export async function obey(wishes: Wish[]): Promise<void> {
  await live.fetch()
  if (getState().identity || recall('conversation')) await heard()
  for (const wish of wishes) heed(wish)
}

/** Who may have an open chat is led into that one: which there are is known in a moment. */
function heard(): Promise<void> {
  const isKnown = () => getState().choices !== null
  return new Promise((resolve) => {
    if (isKnown()) return resolve()
    const end = () => {
      clearTimeout(timer)
      forget()
      resolve()
    }
    const timer = setTimeout(end, patienceMs)
    const forget = watch(() => isKnown() && end())
  })
}

function heed({ name, value, id }: Wish): void {
  if (name === 'openTo') return go(value, id)
  if (name !== 'prefill' && name !== 'send') return
  const open = getState().rows.find((row) => row.status !== 'closed')
  if (name === 'send' && open)
    return void talk.fetch().then((loaded) => loaded.feedOf(open.conversationId).send(value))
  keep('draft:', value)
  if (open) keep(`draft:${open.conversationId}`, value)
  change({})
  put(value)
}

/** Where a message is being asked for already: as if it were typed, and never over what somebody has typed. */
function put(text: string): void {
  const field = document.querySelector<HTMLTextAreaElement>('.composer textarea, form > .body textarea')
  if (!field || field.value) return
  field.value = text
  field.dispatchEvent(new Event('input', { bubbles: true }))
}

function go(place: string, id: string): void {
  const { rows, context, choices } = getState()
  if (place === 'conversation' && id) return show({ name: 'chat', conversationId: id })
  if (place === 'vendor' || place === 'support') {
    const offered = choices?.choices ?? firstChoices(site, context)
    const choice = offered.find(
      ({ with: one }) => one.kind === place && (one.kind === 'support' || one.vendorId === id),
    )
    if (choice) return void live.fetch().then((loaded) => loaded.begin(choice))
  }
  if (place === 'order' || place === 'product') {
    const open = rows.find((row) => row.status !== 'closed' && row.about[place]?.id === id)
    if (open) return show({ name: 'chat', conversationId: open.conversationId })
    if (id && context[place]?.id !== id) {
      const { product: _, order: __, ...rest } = context
      change({ context: { ...rest, [place]: { id } } })
      void live.fetch().then((loaded) => loaded.refresh())
    }
  }
  show({ name: 'choose' })
}
