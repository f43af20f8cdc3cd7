import type { PendingMessage } from '@parley/shared/client/outbox.ts'
import type { Author } from '@parley/shared/people.ts'
import type { EventPayloads, EventType, WireEvent } from '@parley/shared/protocol/events.ts'
import { describe, expect, it } from 'vitest'
import { describeEvent, type QuietEvent } from './describe-event.ts'
import { logItemsOf } from './log-items.ts'
import { receiptOf } from './receipt.ts'

const maya: Author = { side: 'customer', party: 'buyer', id: 'con_maya', name: 'Maya Lindqvist' }
const priya: Author = { side: 'staff', party: 'support', id: 'mem_priya', name: 'Priya Raman' }
const start = new Date(2026, 10, 20, 10, 0).getTime()

function log() {
  const events: WireEvent[] = []
  const add = <T extends EventType>(type: T, by: Author, payload: EventPayloads[T], minute: number) => {
    const at = new Date(start + minute * 60_000).toISOString()
    events.push({ conversationId: 'cnv', position: events.length + 1, type, at, by, payload } as WireEvent)
  }
  return {
    events,
    add,
    says: (by: Author, minute: number) =>
      add('messageSent', by, { messageId: `m${events.length + 1}`, text: 'Hello', files: [] }, minute),
  }
}
const kinds = (items: ReturnType<typeof logItemsOf>) =>
  items.map((item) => ('hasHead' in item ? `${item.kind}${item.hasHead ? '' : ' below'}` : item.kind))

describe('the lines of a conversation', () => {
  it('lets messages of one person within two minutes share a head', () => {
    const { events, says } = log()
    says(maya, 0)
    says(maya, 1)
    says(maya, 4)
    says(priya, 4)
    expect(kinds(logItemsOf(events, [], 'mem_priya'))).toEqual([
      'day',
      'message',
      'message below',
      'message',
      'message',
    ])
  })

  it('folds three changes in a row and leaves two as they are', () => {
    const { events, add, says } = log()
    says(maya, 0)
    add('snoozed', priya, { untilAt: new Date(start).toISOString() }, 1)
    add('unsnoozed', priya, { why: 'member' }, 1)
    says(maya, 2)
    add('conversationClosed', priya, { why: 'resolved' }, 3)
    add('conversationReopened', priya, { why: 'member' }, 3)
    add('conversationClosed', priya, { why: 'resolved' }, 3)
    const items = logItemsOf(events, [], 'mem_priya')
    expect(kinds(items)).toEqual(['day', 'message', 'system', 'system', 'message', 'folded'])
    expect(items.at(-1)).toMatchObject({ events: [{ position: 5 }, { position: 6 }, { position: 7 }] })
  })

  it('begins each day with its date and a new head', () => {
    const { events, says } = log()
    says(maya, 13 * 60 + 59)
    says(maya, 14 * 60)
    expect(kinds(logItemsOf(events, [], 'mem_priya'))).toEqual(['day', 'message', 'day', 'message'])
  })

  it('shows what is still on its way last, under our own head', () => {
    const { events, says } = log()
    says(priya, 0)
    const pending: PendingMessage = {
      requestId: 'req',
      conversationId: 'cnv',
      text: 'And this',
      files: [],
      at: new Date(start + 30_000).toISOString(),
      state: 'sending',
    }
    expect(kinds(logItemsOf(events, [pending], 'mem_priya'))).toEqual(['day', 'message', 'pending below'])
  })

  it('keeps the keys of lines when earlier ones are loaded above them', () => {
    const { events, says } = log()
    for (let minute = 0; minute < 6; minute += 1) says(minute % 2 ? maya : priya, minute)
    const late = logItemsOf(events.slice(3), [], 'mem_priya').filter((item) => item.kind === 'message')
    const whole = logItemsOf(events, [], 'mem_priya').map((item) => item.key)
    expect(late.map((item) => item.key).every((key) => whole.includes(key))).toBe(true)
  })
})

describe('how far our newest message has got', () => {
  const marks = (delivered: string | null, read: string | null) => [
    {
      conversationId: 'cnv',
      side: 'customer' as const,
      readerId: 'con_maya',
      name: 'Maya Lindqvist',
      deliveredTo: delivered,
      readTo: read,
      at: new Date(start).toISOString(),
    },
  ]
  const { events, says } = log()
  says(maya, 0)
  says(priya, 1)

  it('is sent, then delivered, then read by name', () => {
    expect(receiptOf(events, [], 'staff')).toMatchObject({ messageId: 'm2', state: 'sent', text: 'Sent' })
    expect(receiptOf(events, marks('m1', 'm1'), 'staff')?.state).toBe('sent')
    expect(receiptOf(events, marks('m2', 'm1'), 'staff')?.state).toBe('delivered')
    expect(receiptOf(events, marks('m2', 'm2'), 'staff')?.text).toBe('Read by Maya 10:00')
  })

  it('is nothing when the other side spoke last, or only a colleague has read it', () => {
    expect(receiptOf(events.slice(0, 1), [], 'staff')).toBeNull()
    const colleague = marks('m2', 'm2').map((mark) => ({ ...mark, side: 'staff' as const }))
    expect(receiptOf(events, colleague, 'staff')?.state).toBe('sent')
  })
})

describe('a whisper', () => {
  it('has its reason with it, and no line of its own for that', () => {
    const { events, add } = log()
    const explained = (messageId: string, act: 'whisper' | 'join', reason: string) =>
      add('moderationExplained', priya, { act, reason, messageId }, 0)
    add('whisperSent', priya, { messageId: 'w1', text: 'Careful' }, 0)
    add('whisperSent', priya, { messageId: 'w2', text: 'And kindly' }, 0)
    explained('w1', 'whisper', 'Help')
    explained('w2', 'whisper', 'Tone')
    explained('', 'join', 'Loud')
    const items = logItemsOf(events, [], 'mem_priya')
    expect(items.flatMap((item) => (item.kind === 'whisper' ? [item.reason] : []))).toEqual(['Help', 'Tone'])
    expect(items.flatMap((item) => (item.kind === 'system' ? [item.event.payload] : []))).toEqual([
      { act: 'join', reason: 'Loud', messageId: '' },
    ])
  })
})

describe('the sentence of a change', () => {
  it('speaks to the reader and names the others', () => {
    const { events, add } = log()
    add(
      'assigned',
      priya,
      { to: { memberId: 'mem_priya', name: 'Priya Raman', party: 'support' }, how: 'taken' },
      0,
    )
    const [event] = events as QuietEvent[]
    if (event === undefined) throw new Error('No event was made')
    expect(describeEvent(event, 'mem_priya', start)).toBe('You took the conversation')
    expect(describeEvent(event, 'mem_jonas', start)).toBe('Priya Raman took the conversation')
  })

  it('tells to whom it was handed back: in a room to all of them', () => {
    const { events, add } = log()
    const moderator = { memberId: 'mem_daniel', name: 'Daniel Okoye', party: 'moderator' } as const
    add('handedBack', priya, { moderator, to: null }, 0)
    const [event] = events as QuietEvent[]
    if (event === undefined) throw new Error('No event was made')
    expect(describeEvent(event, 'mem_elin', start)).toBe('Daniel Okoye handed back to the queue')
    expect(describeEvent(event, 'mem_elin', start, true)).toBe(
      'Daniel Okoye handed back to everybody in the room',
    )
  })
})
