import type { ReaderKind } from '@parley/shared/people.ts'
import type { WireEvent } from '@parley/shared/protocol/events.ts'
import type { Check, Violation } from '../history.ts'
import { byConversation, finalLists, projected } from './lists.ts'

const readers: readonly ReaderKind[] = ['customer', 'vendor', 'staff']

/** I05: one order, without hole or repeat, the same for everybody at every time. */
export const order: Check = (history) => {
  const found: Violation[] = []
  const stores = byConversation(history.stored)
  for (const [conversationId, rows] of stores) {
    const sorted = [...rows].sort((one, other) => one.seq - other.seq)
    const hole = sorted.findIndex(({ seq }, at) => seq !== at + 1)
    if (hole >= 0)
      found.push({
        invariant: 'I05',
        sentence: `The store of ${conversationId} has a hole or a repeat at ${hole + 1}.`,
        evidence: [sorted[hole - 1], sorted[hole]],
      })
    for (const reader of readers) {
      const own = sorted.flatMap((row) => (row.positions[reader] === null ? [] : [row]))
      const gap = own.findIndex(({ positions }, at) => positions[reader] !== at + 1)
      if (gap >= 0)
        found.push({
          invariant: 'I05',
          sentence: `The ${reader} stream of ${conversationId} has a hole or a repeat at ${gap + 1}.`,
          evidence: [own[gap - 1], own[gap]],
        })
    }
  }
  for (const { where, reader, conversationId, events } of finalLists(history)) {
    const expected = projected(stores.get(conversationId) ?? [], reader)
    const first = (events[0]?.position ?? 1) - 1
    const at = events.findIndex((event, index) => !isSame(event, expected[first + index]))
    if (at >= 0)
      found.push({
        invariant: 'I05',
        sentence: `${where} ends with another event at ${events[at]?.position} of ${conversationId} than the store.`,
        evidence: [events[at], expected[first + at]],
      })
    else if (events.length + first !== expected.length)
      found.push({
        invariant: 'I05',
        sentence: `${where} ends ${conversationId} at ${events.length + first}, the store at ${expected.length}.`,
        evidence: [expected[events.length + first]],
      })
  }
  const named = new Map<string, WireEvent>()
  const readerOf = new Map(history.clients.map(({ name, reader }) => [name, reader]))
  for (const frame of history.frames) {
    const { event } = frame
    if (!event) continue
    const key = `${readerOf.get(frame.client)} ${event.conversationId} ${event.position}`
    const before = named.get(key)
    if (before && !isSame(before, event))
      found.push({
        invariant: 'I05',
        sentence: `${key} names two different events.`,
        evidence: [before, event],
      })
    named.set(key, event)
  }
  return found
}

function isSame(one: WireEvent | undefined, other: WireEvent | undefined): boolean {
  return one?.type === other?.type && one?.requestId === other?.requestId
}

/** I06: what one person wrote stands in the order it was written. */
export const ownOrder: Check = ({ sent, stored }) => {
  const seqOf = new Map(stored.map((row) => [`${row.conversationId} ${row.requestId}`, row.seq]))
  const found: Violation[] = []
  const last = new Map<string, { wish: (typeof sent)[number]; seq: number }>()
  for (const wish of [...sent].sort((one, other) => one.number - other.number)) {
    const seq = seqOf.get(`${wish.conversationId} ${wish.requestId}`)
    if (seq === undefined || wish.kind !== 'message' || wish.isAtOnce) continue
    const key = `${wish.client} ${wish.conversationId}`
    const before = last.get(key)
    if (before && before.seq > seq)
      found.push({
        invariant: 'I06',
        sentence: `${wish.client} wrote “${before.wish.text}” before “${wish.text}”, and it stands after it.`,
        evidence: [before.wish, wish],
      })
    else last.set(key, { wish, seq })
  }
  return found
}
