import { describe, expect, it } from 'vitest'
import type { Author } from '../people.ts'
import type { EventPayloads, EventType, PublicMember } from '../protocol/events.ts'
import { readerKindsOf } from '../protocol/events.ts'
import { asSeenBy, type Conversation, evolve, type FoldedEvent } from './conversation.ts'

const elin: PublicMember = { memberId: 'mem_elin', name: 'Elin', party: 'vendor', of: 'Kiln' }
const daniel: PublicMember = { memberId: 'mem_daniel', name: 'Daniel', party: 'moderator' }
const authors = {
  customer: { side: 'customer', party: 'buyer', id: 'con_marta', name: 'Marta' },
  vendor: { side: 'vendor', party: 'vendor', id: elin.memberId, name: elin.name },
  staff: { side: 'staff', party: 'moderator', id: daniel.memberId, name: daniel.name },
} satisfies Record<string, Author>

type Step = { [T in EventType]: [keyof typeof authors, T, EventPayloads[T]] }[EventType]

function eventOf([side, type, payload]: Step, index: number): FoldedEvent {
  const at = new Date(Date.UTC(2026, 0, 1, 12, index)).toISOString()
  return { conversationId: 'cnv_1', type, at, by: authors[side], payload } as FoldedEvent
}

const started: Step = [
  'customer',
  'conversationStarted',
  {
    with: { kind: 'vendor', vendorId: 'ven_kiln', name: 'Kiln' },
    about: {},
    customer: { contactId: 'con_marta', name: 'Marta', role: 'buyer', isVerified: true },
    queue: { id: 'que_kiln', name: 'Kiln' },
    topic: null,
    answers: [],
    isLeftMessage: false,
  },
]
const taken: Step = ['vendor', 'assigned', { to: elin, how: 'taken' }]
const takenOver: Step = ['staff', 'takenOver', { moderator: daniel, from: elin }]

const foldEvents = (events: readonly FoldedEvent[]) =>
  events.reduce<Conversation | null>((before, event) => evolve(before, event), null)

function after(...steps: Step[]): Conversation {
  const folded = foldEvents([started, taken, ...steps].map(eventOf))
  if (!folded) throw new Error('Nothing was folded')
  return folded
}

describe('holding', () => {
  const holding: Step = ['staff', 'holdingStarted', {}]

  it('lasts beyond the end and the reopening, until it is stopped', () => {
    const closed: Step = ['customer', 'conversationClosed', { why: 'ended' }]
    const reopened: Step = ['customer', 'conversationReopened', { why: 'reply' }]
    expect(after().isHolding).toBe(false)
    expect(after(holding, closed, reopened).isHolding).toBe(true)
    expect(after(holding, closed, reopened, ['staff', 'holdingStopped', {}]).isHolding).toBe(false)
  })
})

describe('a takeover', () => {
  it('makes the moderator the one who answers, and remembers who did', () => {
    expect(after(takenOver)).toMatchObject({
      status: 'open',
      assignee: daniel,
      moderation: { stage: 'takenOver', moderator: daniel, from: elin },
    })
  })

  it('ends with the handing back, to whom it came from', () => {
    const back: Step = ['staff', 'handedBack', { moderator: daniel, to: elin }]
    expect(after(takenOver, back)).toMatchObject({
      status: 'open',
      assignee: elin,
      moderation: { stage: 'none', moderator: null, from: null },
    })
  })

  it('of what nobody had is handed back to the line, where it waits', () => {
    const fromNobody: Step = ['staff', 'takenOver', { moderator: daniel, from: null }]
    const back: Step = ['staff', 'handedBack', { moderator: daniel, to: null }]
    expect(after(fromNobody, back)).toMatchObject({ status: 'waiting', assignee: null })
  })

  it('lasts beyond the end and the reopening: the vendor does not get it back by a reply', () => {
    const closed: Step = ['customer', 'conversationClosed', { why: 'ended' }]
    const reopened: Step = ['customer', 'conversationReopened', { why: 'reply' }]
    expect(after(takenOver, closed)).toMatchObject({ status: 'closed', moderation: { stage: 'takenOver' } })
    expect(after(takenOver, closed, reopened)).toMatchObject({
      status: 'open',
      assignee: daniel,
      moderation: { stage: 'takenOver' },
    })
  })

  it('is over when its owner passes the conversation on', () => {
    const priya: PublicMember = { memberId: 'mem_priya', name: 'Priya', party: 'support' }
    const passed: Step = ['staff', 'assigned', { to: priya, how: 'transferred' }]
    expect(after(takenOver, passed)).toMatchObject({ assignee: priya, moderation: { stage: 'none' } })
  })
})

describe('a moderator who has joined', () => {
  const joined: Step = ['staff', 'moderatorJoined', { moderator: daniel }]

  it('leaves the conversation with whoever answers', () => {
    expect(after(joined)).toMatchObject({ assignee: elin, moderation: { stage: 'joined', from: null } })
  })

  it('has left when it ends', () => {
    expect(after(joined, ['vendor', 'conversationClosed', { why: 'resolved' }])).toMatchObject({
      moderation: { stage: 'none', moderator: null },
    })
  })
})

describe('a held message', () => {
  const held: Step = [
    'vendor',
    'vendorMessageHeld',
    { messageId: 'msg_h', text: 'Call me', files: [], why: ['phone'] },
  ]
  const released: Step = [
    'vendor',
    'messageSent',
    { messageId: 'msg_r', text: 'Call me', files: [], heldAs: 'msg_h' },
  ]

  it('is not the last message: the other side has not seen it', () => {
    expect(after(held)).toMatchObject({ lastMessage: null, held: { vendor: ['msg_h'], customer: [] } })
  })

  it('is let go by its release and by its rejection', () => {
    expect(after(held, released)).toMatchObject({
      held: { vendor: [] },
      lastMessage: { messageId: 'msg_r' },
    })
    const rejected: Step = ['staff', 'vendorMessageRejected', { messageId: 'msg_h', words: 'No numbers' }]
    expect(after(held, rejected).held.vendor).toEqual([])
  })
})

describe('flags', () => {
  const flag = (messageId: string, kind: string): Step => [
    'staff',
    'messageFlagged',
    { messageId, flags: [{ kind, rule: 'rule', certainty: 1 }], ruleVersion: 1 },
  ]

  it('gather by message, reports too, and go when they are resolved', () => {
    const steps: Step[] = [
      flag('msg_1', 'email'),
      flag('msg_1', 'phone'),
      ['customer', 'conversationReported', { messageId: null, reason: 'Rude' }],
    ]
    expect(after(...steps).flags).toEqual([
      { messageId: 'msg_1', kinds: ['email', 'phone'] },
      { messageId: null, kinds: ['reported'] },
    ])
    const resolved: Step = ['staff', 'flagsResolved', { messageId: 'msg_1', verdict: 'dismissed' }]
    expect(after(...steps, resolved).flags).toEqual([{ messageId: null, kinds: ['reported'] }])
  })

  it('are at most a hundred: the oldest are let go', () => {
    const many = Array.from({ length: 120 }, (_, index) => flag(`msg_${index}`, 'email'))
    const { flags } = after(...many)
    expect(flags).toHaveLength(100)
    expect(flags.at(-1)?.messageId).toBe('msg_119')
  })
})

describe('the last message', () => {
  const sent: Step = ['vendor', 'messageSent', { messageId: 'msg_1', text: 'Call •••', files: [] }]

  it('has the original after it was restored, and nothing after it was redacted', () => {
    const restored: Step = ['staff', 'messageRestored', { messageId: 'msg_1', text: 'Call 38' }]
    const redacted: Step = ['staff', 'messageRedacted', { messageId: 'msg_1' }]
    expect(after(sent, restored).lastMessage?.text).toBe('Call 38')
    expect(after(sent, restored, redacted).lastMessage).toMatchObject({ text: '', isRedacted: true })
    expect(after(sent, ['staff', 'messageRedacted', { messageId: 'msg_0' }]).lastMessage?.text).toBe(
      'Call •••',
    )
  })
})

describe('each reader kind', () => {
  it('holds by its own events what the server shows it of the whole', () => {
    const steps: Step[] = [
      started,
      taken,
      ['customer', 'messageSent', { messageId: 'msg_1', text: 'Hello', files: [] }],
      ['vendor', 'vendorMessageHeld', { messageId: 'msg_2', text: 'x', files: [], why: ['email'] }],
      ['customer', 'customerMessageHeld', { messageId: 'msg_3', text: 'y', files: [], why: ['phone'] }],
      [
        'staff',
        'messageFlagged',
        { messageId: 'msg_1', flags: [{ kind: 'abuse', rule: 'r', certainty: 1 }], ruleVersion: 1 },
      ],
      ['staff', 'handRaised', { reason: 'Help' }],
      ['staff', 'customerBlocked', {}],
      ['staff', 'holdingStarted', {}],
      ['staff', 'moderatorJoined', { moderator: daniel }],
      ['staff', 'whisperSent', { messageId: 'msg_w', text: 'Careful' }],
      takenOver,
      ['vendor', 'messageSent', { messageId: 'msg_4', text: 'x', files: [], heldAs: 'msg_2' }],
      ['staff', 'moderationExplained', { act: 'release', reason: 'Fine', messageId: 'msg_4' }],
    ]
    const events = steps.map(eventOf)
    const whole = foldEvents(events) as Conversation
    for (const reader of ['customer', 'vendor', 'staff'] as const) {
      const own = foldEvents(events.filter(({ type }) => readerKindsOf(type).includes(reader)))
      expect([reader, own && asSeenBy(own, reader)]).toEqual([reader, asSeenBy(whole, reader)])
      expect([reader, own]).toEqual([reader, asSeenBy(whole, reader)])
    }
    expect(asSeenBy(whole, 'customer')).toMatchObject({ flags: [], hand: null, isBlocked: false })
    expect(whole.isHolding).toBe(true)
    for (const reader of ['customer', 'vendor'] as const)
      expect(asSeenBy(whole, reader).isHolding).toBe(false)
    expect(asSeenBy(whole, 'vendor')).toMatchObject({ held: { vendor: [], customer: [] }, flags: [] })
    expect(asSeenBy(whole, 'customer').held).toEqual({ vendor: [], customer: ['msg_3'] })
  })
})
