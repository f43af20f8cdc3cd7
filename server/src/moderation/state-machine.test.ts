import type { Actor, CustomerActor, MemberActor } from '@parley/shared/people.ts'
import type { CommandName } from '@parley/shared/protocol/commands.ts'
import type { EventType, NewEvent } from '@parley/shared/protocol/events.ts'
import type { Refusal } from '@parley/shared/protocol/refusals.ts'
import { describe, expect, it } from 'vitest'
import { refuseTakenOver } from '../app/dispatch.ts'
import { Refused } from '../app/refused.ts'
import { conversationVerbs, type Held, publicMember } from '../conversations/index.ts'
import { numberEvents } from '../conversations/numbering.ts'
import { routingVerbs } from '../routing/index.ts'
import { member, siteId, startedBy } from '../testing/given-conversation.ts'
import { moderationVerbs } from './index.ts'

const marta: CustomerActor = {
  kind: 'customer',
  siteId,
  visitorId: 'vis_marta',
  contactId: 'con_marta',
  role: 'buyer',
  isVerified: true,
  name: 'Marta',
  orders: [],
  vendorId: null,
}
const elin = member('Elin', 'vendor')
const ada = member('Ada', 'moderator')
const ben = member('Ben', 'moderator')
const ines = member('Ines', 'admin')
const conversationId = 'cnv_1'

/** One conversation and what is wished of it, as the log would decide it, without a log. */
function room(isVendors = true) {
  let held: Held | null = null
  let count = 0

  function write(actor: Actor, events: readonly NewEvent[]): EventType[] {
    count += 1
    const wish = {
      actor,
      conversationId,
      requestId: `request-${count}`,
      content: count,
      decide: () => events,
    }
    held = numberEvents(wish, held, events, new Date(count * 1_000)).held
    return events.map(({ type }) => type)
  }
  write(marta, [startedBy(marta, isVendors)])
  if (isVendors) write(elin, [{ type: 'assigned', payload: { to: publicMember(elin), how: 'taken' } }])

  function wish(actor: Actor, name: CommandName, input: object = {}, prepared?: unknown): EventType[] {
    const verbs = { ...conversationVerbs, ...routingVerbs, ...moderationVerbs }
    const verb = verbs[name]
    if (!verb || !held) throw new Error(`Nobody answers ${name}`)
    const action = name === 'reportConversation' ? 'conversation.report' : 'message.send'
    refuseTakenOver(actor, { action }, held)
    const whole = { conversationId, requestId: `wish-${count}-x`, reason: 'Because', from: null, ...input }
    const asked = { actor, input: whole, now: new Date(0), prepared }
    return write(actor, verb.decide(held, asked as never))
  }

  function refusal(actor: Actor, name: CommandName, input: object = {}, prepared?: unknown): Refusal {
    try {
      wish(actor, name, input, prepared)
    } catch (error) {
      if (error instanceof Refused) return error.refusal
      throw error
    }
    throw new Error(`${name} was let through`)
  }
  const hello = { text: 'Hello', fileIds: [] }

  return {
    wish,
    write,
    refusal,
    get conversation() {
      return (held as Held | null)?.conversation as Held['conversation']
    },
    say: (actor: Actor) => wish(actor, 'sendMessage', hello, []),
    sayRefused: (actor: Actor) => refusal(actor, 'sendMessage', hello, []).reason,
  }
}

type Stage = 'watched' | 'joined by Ada' | 'taken over by Ada'
const given: Record<Stage, () => ReturnType<typeof room>> = {
  watched: () => room(),
  'joined by Ada': () => {
    const here = room()
    here.wish(ada, 'joinConversation')
    return here
  },
  'taken over by Ada': () => {
    const here = room()
    here.wish(ada, 'takeOverConversation')
    return here
  },
}

/** What each step does in each stage: the events, or the reason it is refused with. */
const table: [CommandName, MemberActor, Record<Stage, EventType[] | string>][] = [
  [
    'joinConversation',
    ada,
    { watched: ['moderatorJoined', 'moderationExplained'], 'joined by Ada': [], 'taken over by Ada': [] },
  ],
  [
    'joinConversation',
    ben,
    {
      watched: ['moderatorJoined', 'moderationExplained'],
      'joined by Ada': 'moderation.joined',
      'taken over by Ada': 'moderation.takenOver',
    },
  ],
  [
    'leaveConversation',
    ada,
    {
      watched: [],
      'joined by Ada': ['moderatorLeft', 'moderationExplained'],
      'taken over by Ada': 'moderation.handBackFirst',
    },
  ],
  [
    'leaveConversation',
    ben,
    { watched: [], 'joined by Ada': 'moderation.joined', 'taken over by Ada': 'moderation.takenOver' },
  ],
  [
    'takeOverConversation',
    ada,
    {
      watched: ['takenOver', 'moderationExplained'],
      'joined by Ada': ['takenOver', 'moderationExplained'],
      'taken over by Ada': [],
    },
  ],
  [
    'takeOverConversation',
    ben,
    {
      watched: ['takenOver', 'moderationExplained'],
      'joined by Ada': 'moderation.joined',
      'taken over by Ada': 'moderation.takenOver',
    },
  ],
  [
    'handBackConversation',
    ada,
    {
      watched: 'moderation.notTakenOver',
      'joined by Ada': 'moderation.notTakenOver',
      'taken over by Ada': ['handedBack', 'moderationExplained'],
    },
  ],
  [
    'handBackConversation',
    ben,
    {
      watched: 'moderation.notTakenOver',
      'joined by Ada': 'moderation.notTakenOver',
      'taken over by Ada': 'moderation.takenOver',
    },
  ],
  ...[ada, ben].flatMap((moderator): typeof table => [
    [
      'startHolding',
      moderator,
      {
        watched: ['holdingStarted', 'moderationExplained'],
        'joined by Ada': ['holdingStarted', 'moderationExplained'],
        'taken over by Ada': ['holdingStarted', 'moderationExplained'],
      },
    ],
    ['stopHolding', moderator, { watched: [], 'joined by Ada': [], 'taken over by Ada': [] }],
  ]),
  ...[ada, ben].map((moderator): (typeof table)[number] => [
    'closeConversation',
    moderator,
    {
      watched: ['conversationClosed', 'moderationExplained'],
      'joined by Ada': ['conversationClosed', 'moderationExplained'],
      'taken over by Ada': ['conversationClosed', 'moderationExplained'],
    },
  ]),
  [
    'takeConversation',
    ben,
    {
      watched: 'assignedToAnother',
      'joined by Ada': 'assignedToAnother',
      'taken over by Ada': 'moderation.takenOver',
    },
  ],
]

describe('stepping in', () => {
  const steps = table.flatMap(([name, actor, outcomes]) =>
    (Object.keys(outcomes) as Stage[]).map(
      (stage) => [actor.name, name, stage, actor, outcomes[stage]] as const,
    ),
  )

  it.each(steps)('by %s: %s of what is %s', (_who, name, stage, actor, expected) => {
    const here = given[stage]()
    if (typeof expected === 'string') expect(here.refusal(actor, name).reason).toBe(expected)
    else expect(here.wish(actor, name)).toEqual(expected)
  })

  it('[M9] to end what a customer has with a vendor takes a reason of staff, and of nobody else', () => {
    const ended = { reason: undefined }
    const required = { code: 'invalid', reason: 'field.required', field: 'reason' }
    expect(room().refusal(ada, 'closeConversation', ended)).toEqual(required)
    expect(given['joined by Ada']().refusal(ada, 'closeConversation', ended)).toEqual(required)
    for (const actor of [marta, elin])
      expect(room().wish(actor, 'closeConversation', ended)).toEqual(['conversationClosed'])
    expect(room(false).wish(ada, 'closeConversation', ended)).toEqual(['conversationClosed'])
  })

  it('says who was faster', () => {
    const here = given['taken over by Ada']()
    expect(here.refusal(ben, 'takeOverConversation')).toEqual({
      code: 'conflict',
      reason: 'moderation.takenOver',
      who: 'Ada',
    })
  })

  it('takes a takeover over only from whoever was seen to have it, and keeps to whom it goes back', () => {
    const here = given['taken over by Ada']()
    expect(here.refusal(ben, 'takeOverConversation', { from: 'mem_ines' }).code).toBe('conflict')
    here.wish(ben, 'takeOverConversation', { from: ada.memberId })
    expect(here.conversation.moderation).toMatchObject({
      moderator: { name: 'Ben' },
      from: { memberId: elin.memberId },
    })
    expect(here.refusal(ada, 'handBackConversation').who).toBe('Ben')
    here.wish(ben, 'handBackConversation', {}, publicMember(elin))
    expect(here.conversation.assignee?.memberId).toBe(elin.memberId)
  })

  it.each(['whisper', 'joinConversation', 'takeOverConversation', 'startHolding'] as const)(
    'is between a customer and a vendor: %s elsewhere is refused',
    (name) => {
      expect(room(false).refusal(ada, name)).toMatchObject({
        code: 'notAllowed',
        reason: 'moderation.vendorsOnly',
      })
    },
  )

  it.each(['whisper', 'joinConversation', 'takeOverConversation', 'startHolding'] as const)(
    'into what is closed is refused: %s',
    (name) => {
      const here = room()
      here.wish(marta, 'closeConversation')
      expect(here.refusal(ada, name)).toMatchObject({ code: 'closed' })
    },
  )

  it('shows an admin as Moderator too, in the line and in every word', () => {
    const here = room()
    here.wish(ines, 'joinConversation')
    expect(here.conversation.moderation.moderator?.party).toBe('moderator')
    here.say(ines)
    expect(here.conversation.lastMessage?.by).toMatchObject({ party: 'moderator', name: 'Ines' })
  })
})

describe('writing', () => {
  it('from watching is refused: one joins or takes over first', () => {
    expect(given.watched().sayRefused(ada)).toBe('moderation.joinFirst')
    const free = room()
    free.write(elin, [
      {
        type: 'transferred',
        payload: { with: free.conversation.with, queue: free.conversation.queue },
      },
    ])
    expect(free.sayRefused(ada)).toBe('moderation.joinFirst')
  })

  it('while a moderator has joined is both the vendor’s and the moderator’s, and no other moderator’s', () => {
    const here = given['joined by Ada']()
    expect(here.say(ada)).toEqual(['messageSent'])
    expect(here.say(elin)).toEqual(['messageSent'])
    expect(here.sayRefused(ben)).toBeDefined()
    expect(here.conversation.assignee?.memberId).toBe(elin.memberId)
  })

  it('after a takeover is the moderator’s alone, and the vendor’s again after the handing back', () => {
    const here = given['taken over by Ada']()
    expect(here.say(ada)).toEqual(['messageSent'])
    expect(here.sayRefused(elin)).toBe('takenOver')
    here.wish(ada, 'handBackConversation', {}, publicMember(elin))
    expect(here.say(elin)).toEqual(['messageSent'])
    expect(here.sayRefused(ada)).toBe('moderation.joinFirst')
  })

  it.each([
    'sendMessage',
    'takeConversation',
    'acceptOffer',
    'closeConversation',
    'reopenConversation',
    'snoozeConversation',
    'unsnoozeConversation',
    'transferConversation',
  ] as const)('and everything else is not the vendor’s while it is taken over: %s', (name) => {
    expect(given['taken over by Ada']().refusal(elin, name)).toEqual({
      code: 'notAllowed',
      reason: 'takenOver',
    })
  })

  it('of a report stays open to the vendor', () => {
    expect(given['taken over by Ada']().wish(elin, 'reportConversation', { messageId: null }, null)).toEqual([
      'conversationReported',
    ])
  })

  it('is not for a customer who was blocked, from that commit on', () => {
    const here = room()
    here.wish(ada, 'blockCustomer')
    expect(here.sayRefused(marta)).toBe('blocked')
    expect(here.wish(ada, 'blockCustomer')).toEqual([])
    here.wish(ada, 'unblockCustomer')
    expect(here.say(marta)).toEqual(['messageSent'])
  })
})

describe('handing back', () => {
  it('of what nobody had, or whose vendor is no longer there, goes to the line', () => {
    const here = given['taken over by Ada']()
    here.wish(ada, 'handBackConversation', {}, null)
    expect(here.conversation).toMatchObject({ status: 'waiting', assignee: null })
  })

  it('of what was closed leaves it closed', () => {
    const here = given['taken over by Ada']()
    here.wish(ada, 'closeConversation')
    here.wish(ada, 'handBackConversation', {}, publicMember(elin))
    expect(here.conversation).toMatchObject({ status: 'closed', moderation: { stage: 'none' } })
  })
})

describe('holding by hand', () => {
  it('is begun once and stopped once, by whichever moderator, with why', () => {
    const here = given['joined by Ada']()
    here.wish(ben, 'startHolding')
    expect(here.conversation.isHolding).toBe(true)
    expect(here.wish(ada, 'startHolding')).toEqual([])
    expect(here.wish(ada, 'stopHolding')).toEqual(['holdingStopped', 'moderationExplained'])
    expect(here.conversation.isHolding).toBe(false)
    expect(here.wish(ben, 'stopHolding')).toEqual([])
  })

  it('is stopped also of what was closed meanwhile', () => {
    const here = room()
    here.wish(ada, 'startHolding')
    here.wish(marta, 'closeConversation')
    expect(here.wish(ada, 'stopHolding')).toEqual(['holdingStopped', 'moderationExplained'])
  })
})

describe('a held message', () => {
  const words = { text: 'Call me', files: [], isSent: false, readers: [], isRedacted: false }
  const by = { side: 'vendor', party: 'vendor', id: elin.memberId, name: 'Elin' } as const

  function holding() {
    const here = room()
    here.write(elin, [
      { type: 'vendorMessageHeld', payload: { messageId: 'msg_h', text: 'Call me', files: [], why: [] } },
    ])
    return here
  }

  it('is released as a new message of its author', () => {
    const here = holding()
    expect(here.wish(ada, 'releaseMessage', { messageId: 'msg_h' }, { ...words, by })).toEqual([
      'messageSent',
      'moderationExplained',
    ])
    expect(here.conversation).toMatchObject({ lastMessage: { text: 'Call me', by }, held: { vendor: [] } })
  })

  it.each(['releaseMessage', 'rejectMessage'] as const)('is decided on once: %s', (name) => {
    const here = holding()
    const input = { messageId: 'msg_h', words: 'Please do not' }
    here.wish(ada, 'rejectMessage', input)
    expect(here.refusal(ben, name, input, { ...words, by })).toEqual({
      code: 'conflict',
      reason: 'held.gone',
    })
  })

  it('is not redacted: who has not seen it must not learn of it', () => {
    expect(holding().refusal(ada, 'redactMessage', { messageId: 'msg_h' }, { ...words, by }).reason).toBe(
      'redact.held',
    )
  })
})

describe('flags and hands', () => {
  it('are resolved once', () => {
    const here = room()
    here.wish(marta, 'reportConversation', { messageId: null }, null)
    const resolve = { messageId: null, verdict: 'confirmed' }
    expect(here.wish(ada, 'resolveFlags', resolve)).toEqual(['flagsResolved', 'moderationExplained'])
    expect(here.refusal(ben, 'resolveFlags', resolve).reason).toBe('flags.resolved')
  })

  it('a report of a message that the reporter does not have is refused', () => {
    const hidden = { readers: ['staff', 'vendor'] }
    const here = room()
    expect(here.refusal(marta, 'reportConversation', { messageId: 'msg_h' }, hidden)).toMatchObject({
      code: 'invalid',
      reason: 'message.unknown',
    })
    expect(here.refusal(marta, 'reportConversation', { messageId: 'msg_x' }, undefined).reason).toBe(
      'message.unknown',
    )
  })

  it('a hand goes up once and comes down once', () => {
    const here = room()
    const priya = member('Priya')
    expect(here.wish(priya, 'raiseHand')).toEqual(['handRaised'])
    expect(here.wish(priya, 'raiseHand')).toEqual([])
    expect(here.conversation.hand).toMatchObject({ reason: 'Because', by: { name: 'Priya' } })
    expect(here.wish(ada, 'lowerHand')).toEqual(['handLowered'])
    expect(here.wish(ada, 'lowerHand')).toEqual([])
  })
})
