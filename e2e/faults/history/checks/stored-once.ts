import { readerKindsOf } from '@parley/shared/protocol/events.ts'
import type { Check, Sent, StoredEvent, Violation } from '../history.ts'
import { finalLists } from './lists.ts'

const bodyType = { message: 'messageSent', note: 'noteAdded' } as const

/** Rows by the request that made them: a long run has tens of thousands. */
function rowsBy(stored: readonly StoredEvent[]): (wish: Sent) => StoredEvent[] {
  const byRequest = new Map<string, StoredEvent[]>()
  for (const row of stored)
    if (row.requestId !== null) byRequest.set(row.requestId, [...(byRequest.get(row.requestId) ?? []), row])
  return ({ requestId, kind }) =>
    (byRequest.get(requestId) ?? []).filter(({ type }) => type === bodyType[kind])
}

/** I01: what was acknowledged is stored, and everybody entitled ends with it. */
export const lost: Check = ({ sent, stored, ...history }) => {
  const rowsOf = rowsBy(stored)
  const lists = finalLists({ sent, stored, ...history }).map((list) => ({
    ...list,
    requestIds: new Set(list.events.map(({ requestId }) => requestId)),
  }))
  return sent
    .filter(({ result }) => result === 'ok')
    .flatMap((wish): Violation[] => {
      const rows = rowsOf(wish)
      if (rows.length === 0)
        return [
          {
            invariant: 'I01',
            sentence: `“${wish.text}” was acknowledged and is not stored.`,
            evidence: [wish],
          },
        ]
      return lists
        .filter(
          ({ conversationId, reader }) =>
            conversationId === wish.conversationId && readerKindsOf(bodyType[wish.kind]).includes(reader),
        )
        .filter(({ requestIds }) => !requestIds.has(wish.requestId))
        .map(({ where }) => ({
          invariant: 'I01',
          sentence: `“${wish.text}” was acknowledged and is missing for ${where}.`,
          evidence: [wish, rows[0]],
        }))
    })
}

/** I02: one wish, one row, one bubble. */
export const doubled: Check = (history) => {
  const found: Violation[] = []
  const rowsOf = rowsBy(history.stored)
  const rows = new Map<string, StoredEvent>()
  for (const row of history.stored) {
    if (row.requestId === null) continue
    const key = `${row.conversationId} ${row.actorId} ${row.requestId} ${row.requestPart}`
    const before = rows.get(key)
    if (before)
      found.push({
        invariant: 'I02',
        sentence: `Request ${row.requestId} is stored twice.`,
        evidence: [before, row],
      })
    rows.set(key, row)
  }
  for (const wish of history.sent) {
    const all = rowsOf(wish)
    if (all.length > 1 && found.every(({ evidence }) => !evidence.includes(all[1])))
      found.push({
        invariant: 'I02',
        sentence: `“${wish.text}” is stored ${all.length} times.`,
        evidence: [wish, ...all],
      })
  }
  for (const { where, events } of finalLists(history)) {
    const seen = new Set<string>()
    for (const event of events) {
      if (event.type !== 'messageSent') continue
      const { messageId, text } = event.payload
      if (seen.has(messageId))
        found.push({ invariant: 'I02', sentence: `${where} shows “${text}” twice.`, evidence: [event] })
      seen.add(messageId)
    }
  }
  return found
}

/** I03: what was refused for good is never seen by anybody. */
export const refusedButSeen: Check = ({ sent, stored, frames }) => {
  const rowsOf = rowsBy(stored)
  return sent
    .filter(({ result }) => result === 'failed')
    .flatMap((wish): Violation[] => {
      const row = rowsOf(wish)[0]
      const frame = frames.find(({ event }) => event?.requestId === wish.requestId)
      return row || frame
        ? [
            {
              invariant: 'I03',
              sentence: `“${wish.text}” was refused and is seen all the same.`,
              evidence: [wish, row ?? frame],
            },
          ]
        : []
    })
}

/** I04: in the end nothing is left open. */
export const leftOpen: Check = ({ sent, models }) => {
  const open: Violation[] = sent
    .filter(({ result }) => result === 'unknown')
    .map((wish) => ({
      invariant: 'I04',
      sentence: `“${wish.text}” is neither sent nor refused.`,
      evidence: [wish],
    }))
  const pending = models.flatMap((model) =>
    model.pending
      .filter(({ state }) => state !== 'refused')
      .map(
        (message): Violation => ({
          invariant: 'I04',
          sentence: `${model.client} still shows “${message.text}” as ${message.state}.`,
          evidence: [message],
        }),
      ),
  )
  return [...open, ...pending]
}
