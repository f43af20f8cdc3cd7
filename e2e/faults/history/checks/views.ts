import { isDeepStrictEqual } from 'node:util'
import { type Conversation, evolve } from '@parley/shared/conversation/conversation.ts'
import type { Check, Violation } from '../history.ts'
import { byConversation, finalLists, projected } from './lists.ts'

/** I07: whoever asks after the acknowledgement, on whichever node, gets it. */
export const readYourWrites: Check = ({ sent, fetched }) =>
  fetched.flatMap((fetch): Violation[] => {
    const had = new Set(fetch.requestIds)
    const missing = sent.find(
      (wish) =>
        wish.conversationId === fetch.conversationId &&
        wish.result === 'ok' &&
        wish.kind === 'message' &&
        wish.endedAt !== null &&
        wish.endedAt < fetch.startedAt &&
        !had.has(wish.requestId),
    )
    return missing
      ? [
          {
            invariant: 'I07',
            sentence: `${fetch.node} did not know “${missing.text}” after it was acknowledged.`,
            evidence: [missing, { ...fetch, requestIds: fetch.requestIds.length }],
          },
        ]
      : []
  })

/** I08: a screen never goes back, and its last message is the last of its list. */
export const monotonic: Check = ({ shown, models }) => {
  const found: Violation[] = []
  const last = new Map<string, number>()
  for (const view of shown) {
    const key = `${view.client} in ${view.conversationId}`
    const before = last.get(key) ?? 0
    if (view.last < before)
      found.push({
        invariant: 'I08',
        sentence: `The screen of ${key} went back from ${before} to ${view.last}.`,
        evidence: [view],
      })
    last.set(key, view.last)
  }
  for (const { client, conversation, events } of models) {
    const message = events.findLast(({ type }) => type === 'messageSent')
    const listed = message?.type === 'messageSent' ? message.payload.messageId : undefined
    const told = conversation?.lastMessage?.messageId
    if (listed !== undefined && told !== listed)
      found.push({
        invariant: 'I08',
        sentence: `The list of ${client} ends with ${listed}, its summary with ${told}.`,
        evidence: [message],
      })
  }
  return found
}

/** How long a hole may stand while the client is connected, and what measuring on a busy machine adds. */
const fillWithinMs = 2_000
const toleranceMs = 1_500

/** I09: after an event that does not follow, what is missing is there soon. Holes that a fault keeps open are not counted. */
export const silentSkip: Check = ({ frames, shown, faults, models, slowdown }) => {
  const found: Violation[] = []
  for (const { client, conversationId, events } of models) {
    const at = events.findIndex((event, index) => event.position !== (events[0]?.position ?? 1) + index)
    if (at >= 0)
      found.push({
        invariant: 'I09',
        sentence: `${client} shows ${conversationId} with a hole at ${events[at]?.position}.`,
        evidence: events.slice(Math.max(0, at - 1), at + 1),
      })
  }
  const views = new Map<string, { at: number; last: number }[]>()
  for (const view of shown) {
    const key = `${view.client} ${view.conversationId}`
    views.set(key, [...(views.get(key) ?? []), view])
  }
  for (const frame of frames) {
    if (frame.name !== 'event' || !frame.event) continue
    const { position, conversationId } = frame.event
    const own = views.get(`${frame.client} ${conversationId}`)
    const until = frame.at + (fillWithinMs + toleranceMs) * slowdown
    if (!own || faults.some((fault) => fault.at < until && fault.until + toleranceMs * slowdown > frame.at))
      continue
    const filled =
      own.find(({ at, last }) => at >= frame.at - 1 && last >= position) ??
      own.findLast(({ at, last }) => at <= frame.at && last >= position)
    if (!filled || filled.at > until)
      found.push({
        invariant: 'I09',
        sentence: `${frame.client} got event ${position} of ${conversationId} and showed it ${filled ? `${Math.round(filled.at - frame.at)} ms later` : 'never'}.`,
        evidence: [frame.event],
      })
  }
  return found
}

/** I10: the fold of what is stored is what every node answers and every screen shows. */
export const replay: Check = (history) => {
  const stores = byConversation(history.stored)
  const conversationOf = new Map<string, Conversation | null>([
    ...history.readings.map(
      ({ node, reader, conversationId, conversation }) =>
        [`${reader} on ${node} ${conversationId}`, conversation] as const,
    ),
    ...history.models.map(
      ({ client, conversationId, conversation }) => [`${client} ${conversationId}`, conversation] as const,
    ),
  ])
  return finalLists(history).flatMap(({ where, reader, conversationId }): Violation[] => {
    let folded: Conversation | null = null
    for (const event of projected(stores.get(conversationId) ?? [], reader)) folded = evolve(folded, event)
    const told = conversationOf.get(`${where} ${conversationId}`) ?? null
    return isDeepStrictEqual(plain(folded), plain(told))
      ? []
      : [
          {
            invariant: 'I10',
            sentence: `${where} holds ${conversationId} otherwise than its events say.`,
            evidence: differing(folded, told),
          },
        ]
  })
}

const plain = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown

function differing(one: Conversation | null, other: Conversation | null): unknown[] {
  const [left, right] = [one, other] as (Record<string, unknown> | null)[]
  return Object.keys({ ...left, ...right })
    .filter((name) => !isDeepStrictEqual(plain(left?.[name] ?? null), plain(right?.[name] ?? null)))
    .map((name) => ({ [name]: [left?.[name], right?.[name]] }))
}
