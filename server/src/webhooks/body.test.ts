import { audiences, type EventType } from '@parley/shared/protocol/events.ts'
import { webhookFields } from '@parley/shared/protocol/webhooks.ts'
import { describe, expect, it } from 'vitest'
import { bodyOf, type ToTell } from './body.ts'

const told = (type: EventType, payload: Record<string, unknown>): ToTell => ({
  siteId: 'sit_1',
  conversationId: 'cnv_1',
  position: 4,
  type,
  at: new Date('2026-11-23T10:00:00Z'),
  by: { side: 'customer', party: 'buyer', id: 'con_1', name: 'Marta', email: 'canary' } as ToTell['by'],
  payload,
  contactId: 'con_1',
  externalId: 'buyer-7',
})

describe('what leaves of an event', () => {
  it('is what the list of fields names, and nothing that is new beside it', () => {
    expect(
      bodyOf(told('messageSent', { messageId: 'msg_1', text: 'Hello', files: [], canary: 'secret' })),
    ).toEqual({
      type: 'messageSent',
      timestamp: '2026-11-23T10:00:00.000Z',
      data: {
        siteId: 'sit_1',
        conversationId: 'cnv_1',
        position: 4,
        customer: { contactId: 'con_1', externalId: 'buyer-7' },
        by: { side: 'customer', party: 'buyer', id: 'con_1', name: 'Marta' },
        payload: { messageId: 'msg_1', text: 'Hello', files: [] },
      },
    })
  })

  it('is nothing of notes, whispers, reasons and sealed originals', () => {
    for (const type of [
      'noteAdded',
      'whisperSent',
      'transferExplained',
      'moderationExplained',
      'originalKept',
    ] as const)
      expect(bodyOf(told(type, { text: 'canary', reason: 'canary', sealed: 'canary' }))).toBeUndefined()
  })

  it('is the bare fact where the words are for some alone', () => {
    const words = ['text', 'files', 'reason', 'words', 'sealed', 'email', 'answers', 'to']
    const types = Object.keys(webhookFields) as EventType[]
    const closed = types.filter((type) => audiences[type] === 'staff' || audiences[type] === 'customerSide')
    expect(closed.length).toBeGreaterThan(10)
    for (const type of closed) {
      const fields: readonly string[] = webhookFields[type] ?? []
      expect([type, fields.filter((field) => words.includes(field))]).toEqual([type, []])
    }
    for (const type of ['vendorMessageHeld', 'vendorMessageRejected'] as const)
      expect(webhookFields[type]).not.toEqual(expect.arrayContaining(['text', 'words', 'files']))
  })
})
