import type { Going } from '../channel.ts'
import { feedOf } from './inbox.ts'
import { form } from './parts/later.ts'
import { change, getState, keep, show } from './state.ts'

/** What the page asks of the panel. */
export function obey(name: 'go' | 'prefill' | 'send', value: Going | string): void {
  if (name === 'go') return go(value as Going)
  const text = value as string
  const open = getState().rows.find((row) => row.status !== 'closed')
  if (name === 'send' && open) return feedOf(open.conversationId).send(text)
  keep('draft:', text)
  if (open && getState().screen.name === 'chat') keep(`draft:${open.conversationId}`, text)
  change({})
}

function go([place, id]: Going): void {
  const { rows, context, choices } = getState()
  if (place === 'conversation' && id) return show({ name: 'chat', conversationId: id })
  if (place === 'vendor') {
    const choice = choices?.choices.find((one) => one.with.kind === 'vendor' && one.with.vendorId === id)
    if (choice) return void form.fetch().then((loaded) => loaded.begin(choice))
  }
  if (place === 'order' || place === 'product') {
    const open = rows.find((row) => row.status !== 'closed' && row.about[place]?.id === id)
    if (open) return show({ name: 'chat', conversationId: open.conversationId })
    if (id && context[place]?.id !== id) change({ context: { ...context, [place]: { id } } })
  }
  show({ name: 'choose' })
}
