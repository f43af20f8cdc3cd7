import type { Refusal } from '@parley/shared/protocol/refusals.ts'
import type { Starting } from './begin.ts'
import { isOfTerms, loadTerms, refusalText } from './refusal.ts'
import { change, getState, keep, show } from './state.ts'

/** Nothing typed is lost: what was refused returns to where it was written. */
export async function giveBack({ wish, choice, more }: Starting, refusal: Refusal): Promise<void> {
  const answers = { ...getState().answers, ...wish.answers }
  keep('starting', null)
  keep('form', JSON.stringify(answers))
  keep('draft:', [wish.text, ...more].filter(Boolean).join('\n') || null)
  if (isOfTerms(refusal)) await loadTerms().catch(() => {})
  const problem = refusalText(refusal)
  const field = choice.form.fields.find(({ id }) => refusal.field?.split('.').includes(id))
  const hasForm = Object.keys(wish.answers ?? {}).length > 0 || field
  show(hasForm ? { name: 'form', choice } : { name: 'chat', conversationId: null, choice })
  if (!field) return change({ answers, faults: {}, problem })
  change({ answers, faults: { [field.id]: problem } })
  // The form is drawn by then: who cannot see it hears at the field what is wrong with it.
  setTimeout(() => document.getElementById(field.id)?.focus())
}
