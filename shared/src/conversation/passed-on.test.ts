import { describe, expect, it } from 'vitest'
import { type Conversation, evolve, type FoldedEvent } from './conversation.ts'

const by = { side: 'system', party: 'system', id: 'orders', name: 'Parley' } as const
const at = '2026-11-26T10:00:00.000Z'
const queue = { id: 'que_support', name: 'Support' }
const facts = {
  conversationStarted: {
    with: { kind: 'vendor', vendorId: 'ven_kiln', name: 'Kiln' },
    about: {},
    customer: { contactId: 'con_marta', name: 'Marta', role: 'buyer', isVerified: true },
    queue: { id: 'que_kiln', name: 'Kiln' },
    topic: null,
    answers: [],
    isLeftMessage: false,
  },
  conversationClosed: { why: 'ended' },
  conversationReopened: { why: 'reply' },
  transferred: { with: { kind: 'support', name: 'Marlow support' }, queue },
} as const

function after(...types: (keyof typeof facts)[]): Conversation | null {
  return types.reduce<Conversation | null>(
    (before, type) =>
      evolve(before, { conversationId: 'cnv_1', type, payload: facts[type], at, by } as FoldedEvent),
    null,
  )
}

describe('a conversation that is passed on', () => {
  it('waits with those it went to, and stays closed when it was', () => {
    const moved = { with: { kind: 'support' }, queue, assignee: null }
    expect(after('conversationStarted', 'transferred')).toMatchObject({ ...moved, status: 'waiting' })
    expect(after('conversationStarted', 'conversationClosed', 'transferred')).toMatchObject({
      ...moved,
      status: 'closed',
      closedAt: at,
      waitingSince: null,
    })
  })

  it('waits there once it is opened again', () => {
    const types = [
      'conversationStarted',
      'conversationClosed',
      'transferred',
      'conversationReopened',
    ] as const
    expect(after(...types)).toMatchObject({ status: 'waiting', closedAt: null, queue })
  })
})
