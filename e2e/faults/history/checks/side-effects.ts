import type { Check, History, Hooked, Letter } from '../history.ts'

/** I12: each event reaches a webhook at least once and always under one id, and each unread answer is mailed once. */
export const sideEffects: Check = (history) =>
  [...hooked(history), ...mailed(history)].map(([sentence, ...evidence]) => ({
    invariant: 'I12',
    sentence,
    evidence,
  }))

type Found = [sentence: string, ...evidence: unknown[]]

function hooked({ hooks, stored }: History): Found[] {
  if (!hooks) return []
  const found: Found[] = []
  const place = ({ conversationId, position }: Pick<Hooked, 'conversationId' | 'position'>) =>
    `${conversationId} ${position}`
  const byPlace = new Map<string, Hooked>()
  const byId = new Map<string, Hooked>()
  for (const hook of hooks.received) {
    const [same, other] = [byPlace.get(place(hook)), byId.get(hook.id)]
    if (same && same.id !== hook.id) found.push([`${place(hook)} was told under two ids.`, same, hook])
    if (other && place(other) !== place(hook)) found.push([`${hook.id} was told of two events.`, other, hook])
    byPlace.set(place(hook), hook)
    byId.set(hook.id, hook)
  }
  for (const { conversationId, seq, type } of stored) {
    const fromSeq = hooks.fromSeq[conversationId]
    if (fromSeq === undefined || seq <= fromSeq || !hooks.types.includes(type)) continue
    const told = byPlace.get(`${conversationId} ${seq}`)
    if (!told) found.push([`${conversationId} ${seq} (${type}) never reached the webhook.`, { seq, type }])
    else if (told.type !== type)
      found.push([`${conversationId} ${seq} is ${type} and was told as ${told.type}.`, told])
  }
  const known = new Set(stored.map(({ conversationId, seq }) => `${conversationId} ${seq}`))
  for (const hook of byPlace.values())
    if (!known.has(place(hook)) && hook.conversationId in hooks.fromSeq)
      found.push([`The webhook was told of ${place(hook)}, which is not stored.`, hook])
  return found
}

function mailed({ letters, mails }: History): Found[] {
  const found: Found[] = []
  const byId = new Map<string, Letter[]>()
  for (const letter of letters) byId.set(letter.messageId, [...(byId.get(letter.messageId) ?? []), letter])
  for (const [messageId, same] of byId) {
    const allowed = same.some(({ isSenderKilled }) => isSenderKilled) ? 2 : 1
    if (same.length > allowed) found.push([`${messageId} was accepted ${same.length} times.`, ...same])
  }
  for (const mail of mails) {
    const carrying = [...byId].filter(
      ([, [letter]]) => letter?.to === mail.to && letter.text.includes(mail.text),
    )
    if (carrying.length !== 1)
      found.push([`“${mail.text}” was mailed to ${mail.to} in ${carrying.length} letters.`, mail])
  }
  const owed = new Set(mails.map(({ to }) => to))
  for (const letter of letters)
    if (!owed.has(letter.to)) found.push([`A letter went to ${letter.to}, who was owed none.`, letter])
  return found
}
