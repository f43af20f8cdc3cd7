import type { Wish } from '../channel.ts'
import { firstChoices } from './choices.ts'
import { live, talk } from './parts/later.ts'
import { change, getState, keep, show, site } from './state.ts'

/** What the page wishes: to be led somewhere, or to have words put or sent. */
export async function obey(wishes: Wish[]): Promise<void> {
  await live.fetch()
  for (const wish of wishes) heed(wish)
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
    if (id && context[place]?.id !== id) change({ context: { ...context, [place]: { id } } })
  }
  show({ name: 'choose' })
}
