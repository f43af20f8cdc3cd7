import type { ReaderKind } from '@parley/shared/people.ts'
import type { Marks } from '@parley/shared/protocol/ephemeral.ts'
import type { WireEvent } from '@parley/shared/protocol/events.ts'
import { firstName } from '../inbox/row-words.ts'
import { clockTime } from '../times.ts'

export interface Receipt {
  state: 'sent' | 'delivered' | 'read'
  text: string
}

type MessageSent = Extract<WireEvent, { type: 'messageSent' }>

/** How far our newest message has got with the other side; null when the newest message is theirs. */
export function receiptOf(
  events: readonly WireEvent[],
  marks: readonly Marks[],
  ownSide: ReaderKind,
): (Receipt & { messageId: string }) | null {
  const { order, newest } = sentIn(events)
  if (newest === null || newest.by.side !== ownSide) return null
  const theirs = marks.filter((mark) => mark.side !== ownSide)
  return reachOf(newest, order, theirs)
}

/** In a room everybody is of one side: what counts is how far it has got with the others. */
export function receiptInRoom(
  events: readonly WireEvent[],
  marks: readonly Marks[],
  ownId: string,
): (Receipt & { messageId: string }) | null {
  const { order, newest } = sentIn(events)
  if (newest === null || newest.by.id !== ownId) return null
  const theirs = marks.filter((mark) => mark.readerId !== ownId)
  return reachOf(newest, order, theirs)
}

function sentIn(events: readonly WireEvent[]) {
  const order = new Map<string, number>()
  let newest: MessageSent | null = null
  for (const event of events) {
    if (event.type !== 'messageSent') continue
    order.set(event.payload.messageId, event.position)
    newest = event
  }
  return { order, newest }
}

function reachOf(
  newest: MessageSent,
  order: ReadonlyMap<string, number>,
  theirs: readonly Marks[],
): Receipt & { messageId: string } {
  const { position } = newest
  const reaches = (messageId: string | null) => messageId !== null && (order.get(messageId) ?? 0) >= position
  const messageId = newest.payload.messageId
  const readers = theirs.filter((mark) => reaches(mark.readTo))
  const [first, ...more] = readers.sort((one, other) => (one.at < other.at ? -1 : 1))
  if (first !== undefined) {
    const others = more.length === 0 ? '' : ` and ${more.map((mark) => firstName(mark.name)).join(', ')}`
    return {
      messageId,
      state: 'read',
      text: `Read by ${firstName(first.name)}${others} ${clockTime(first.at)}`,
    }
  }
  if (theirs.some((mark) => reaches(mark.deliveredTo)))
    return { messageId, state: 'delivered', text: 'Delivered' }
  return { messageId, state: 'sent', text: 'Sent' }
}
