import type { PendingMessage } from '@parley/shared/client/outbox.ts'
import type { Author } from '@parley/shared/people.ts'
import type { Marks } from '@parley/shared/protocol/ephemeral.ts'
import type { WireEvent } from '@parley/shared/protocol/events.ts'
import { describe, expect, it } from 'vitest'
import { lastOwnKey, layOut } from './thread.ts'

const marta: Author = { side: 'customer', party: 'buyer', id: 'con_marta', name: 'Marta' }
const elin: Author = { side: 'vendor', party: 'vendor', id: 'mem_elin', name: 'Elin', of: 'Kiln & Thread' }
const priya: Author = { side: 'staff', party: 'support', id: 'mem_priya', name: 'Priya' }

// Built from local time, so that days are the reader's whatever zone the test runs in.
const at = (day: number, hour: number, minute: number, second = 0) =>
  new Date(2026, 10, day, hour, minute, second).toISOString()

let position = 0
function said(by: Author, text: string, when: string): WireEvent {
  position += 1
  return {
    conversationId: 'cnv_1',
    position,
    type: 'messageSent',
    at: when,
    by,
    payload: { messageId: `msg_${position}`, text, files: [] },
    ...(by === marta ? { requestId: `req_${position}` } : {}),
  }
}
function closed(when: string): WireEvent {
  position += 1
  return {
    conversationId: 'cnv_1',
    position,
    type: 'conversationClosed',
    at: when,
    by: elin,
    payload: { why: 'ended' },
  }
}
const mark = (side: Marks['side'], deliveredTo: string | null, readTo: string | null): Marks => ({
  conversationId: 'cnv_1',
  side,
  readerId: side,
  name: side,
  deliveredTo,
  readTo,
  at: at(22, 12, 0),
})
const kinds = (events: WireEvent[], pending: PendingMessage[] = []) =>
  layOut(events, pending, []).map((item) => (item.kind === 'group' ? item.messages.length : item.kind))

describe('the thread', () => {
  it('groups what one person says within five minutes, and starts again for another', () => {
    position = 0
    const events = [
      said(marta, 'One', at(22, 10, 0)),
      said(marta, 'Two', at(22, 10, 4)),
      said(marta, 'Three', at(22, 10, 8, 59)),
      said(marta, 'Later', at(22, 10, 14)),
      said(elin, 'Answer', at(22, 10, 15)),
      said(priya, 'Another', at(22, 10, 15)),
    ]
    expect(kinds(events)).toEqual(['day', 3, 1, 1, 1])
  })

  it('puts a line between days and lets nothing grow across midnight', () => {
    position = 0
    const events = [said(marta, 'Late', at(21, 23, 59)), said(marta, 'Early', at(22, 0, 1))]
    expect(kinds(events)).toEqual(['day', 1, 'day', 1])
  })

  it('breaks a group where something happened in between', () => {
    position = 0
    const events = [
      said(elin, 'Bye', at(22, 10, 0)),
      closed(at(22, 10, 1)),
      said(elin, 'One more', at(22, 10, 2)),
    ]
    expect(kinds(events)).toEqual(['day', 1, 'line', 1])
  })

  it('shows what is on its way below, once, whether or not its event has come', () => {
    position = 0
    const event = said(marta, 'Hello', at(22, 10, 0))
    const pending: PendingMessage[] = [
      {
        requestId: 'req_1',
        conversationId: 'cnv_1',
        text: 'Hello',
        files: [],
        at: at(22, 10, 0),
        state: 'accepted',
      },
      {
        requestId: 'req_x',
        conversationId: 'cnv_1',
        text: 'More',
        files: [],
        at: at(22, 10, 1),
        state: 'waiting',
      },
    ]
    const [, group] = layOut([event], pending, [])
    expect(group).toMatchObject({
      messages: [
        { text: 'Hello', state: 'sent' },
        { text: 'More', state: 'waiting' },
      ],
    })
  })

  it('says at once that what is written without a network waits, and nothing else of what has gone out', () => {
    position = 0
    const pending = (['sending', 'waiting', 'accepted', 'refused'] as const).map(
      (state, index): PendingMessage => ({
        requestId: `req_${state}`,
        conversationId: 'cnv_1',
        text: state,
        files: [],
        at: at(22, 10, 0, index),
        state,
      }),
    )
    const states = (isOffline: boolean) =>
      layOut([], pending, [], isOffline).flatMap((item) =>
        item.kind === 'group' ? item.messages.map(({ state }) => state) : [],
      )
    expect(states(false)).toEqual(['sending', 'waiting', 'sent', 'refused'])
    expect(states(true)).toEqual(['waiting', 'waiting', 'sent', 'refused'])
  })

  it('tells sent, delivered and read from the answering side’s marks alone', () => {
    position = 0
    const events = [
      said(marta, 'One', at(22, 10, 0)),
      said(marta, 'Two', at(22, 10, 1)),
      said(marta, 'Three', at(22, 10, 2)),
    ]
    const states = (marks: Marks[]) =>
      layOut(events, [], marks).flatMap((item) =>
        item.kind === 'group' ? item.messages.map(({ state }) => state) : [],
      )
    expect(states([])).toEqual(['sent', 'sent', 'sent'])
    expect(states([mark('customer', 'msg_3', 'msg_3')])).toEqual(['sent', 'sent', 'sent'])
    expect(states([mark('vendor', 'msg_2', 'msg_1')])).toEqual(['read', 'delivered', 'sent'])
    expect(states([mark('vendor', null, 'msg_3'), mark('staff', 'msg_1', null)])).toEqual([
      'read',
      'read',
      'read',
    ])
  })

  it('names the last own message that was not refused as the one that tells its state', () => {
    position = 0
    const events = [said(marta, 'One', at(22, 10, 0)), said(elin, 'Two', at(22, 10, 1))]
    expect(lastOwnKey(layOut(events, [], []))).toBe('req_1')
    const refused: PendingMessage[] = [
      {
        requestId: 'req_r',
        conversationId: 'cnv_1',
        text: 'No',
        files: [],
        at: at(22, 10, 0, 30),
        state: 'refused',
      },
    ]
    expect(lastOwnKey(layOut([events[0] as WireEvent], refused, []))).toBe('req_1')
  })
})
