import type { NewEvent } from '@parley/shared/protocol/events.ts'
import {
  type RuledKind,
  ruledKinds,
  type TermDirection,
  type TermRules,
  termActions,
} from '@parley/shared/protocol/terms.ts'
import { describe, expect, it } from 'vitest'
import { defaultTermRules } from './default-rules.ts'
import { guard } from './guard.ts'
import { judge } from './judge.ts'

const seal = (original: string) => `sealed(${original.length})`
const plain = {
  isVendors: true,
  heldFor: [],
  waiting: 0,
  sentenceFor: (kind: string) => `Not ${kind}`,
  locale: null,
  seal,
}

function written(
  text: string,
  direction: TermDirection = 'vendorToBuyer',
  previousText?: string,
): NewEvent[] {
  const judgement = judge(
    text,
    { direction, vendorId: 'ven_kiln' },
    { version: 7, rules: defaultTermRules },
    previousText,
  )
  const events: NewEvent[] = [
    { type: 'unsnoozed', payload: { why: 'member' } },
    { type: 'messageSent', payload: { messageId: 'msg_1', text, files: [] } },
  ]
  return guard(events, { ...plain, judgement, isVendors: /^vendor/.test(direction) })
}

describe('what a message becomes', () => {
  it('is itself, where nothing was found', () => {
    expect(written('The cup ships tomorrow')).toEqual([
      { type: 'unsnoozed', payload: { why: 'member' } },
      { type: 'messageSent', payload: { messageId: 'msg_1', text: 'The cup ships tomorrow', files: [] } },
    ])
  })

  it('is masked, with its original sealed for staff', () => {
    const [, sent, kept, ...more] = written('Write to elin@kiln.example please')
    expect(sent).toMatchObject({ type: 'messageSent', payload: { text: 'Write to •••• please' } })
    expect(kept).toEqual({ type: 'originalKept', payload: { messageId: 'msg_1', sealed: 'sealed(33)' } })
    expect(more).toEqual([])
  })

  it('never keeps a card, not even sealed', () => {
    const seen: string[] = []
    const text = 'Card 4242 4242 4242 4242, mail elin@kiln.example'
    const judgement = judge(
      text,
      { direction: 'vendorToBuyer', vendorId: null },
      { version: 1, rules: defaultTermRules },
    )
    guard([{ type: 'messageSent', payload: { messageId: 'msg_1', text, files: [] } }], {
      ...plain,
      judgement,
      seal(original) {
        seen.push(original)
        return 'sealed'
      },
    })
    expect(seen).toEqual(['Card •••• 4242, mail elin@kiln.example'])
    expect(written('Card 4242 4242 4242 4242', 'support').slice(1)).toEqual([
      { type: 'messageSent', payload: { messageId: 'msg_1', text: 'Card •••• 4242', files: [] } },
    ])
  })

  it('is held on its writer’s side, whole but for cards', () => {
    const text = 'See www.kiln.example, card 4242 4242 4242 4242'
    expect(written(text)[1]).toEqual({
      type: 'vendorMessageHeld',
      payload: { messageId: 'msg_1', text: 'See www.kiln.example, card •••• 4242', files: [], why: ['link'] },
    })
    const judgement = judge(
      text,
      { direction: 'buyerToVendor', vendorId: null },
      {
        version: 1,
        rules: { ...defaultTermRules, buyerToVendor: { ...defaultTermRules.buyerToVendor, link: 'hold' } },
      },
    )
    const sent: NewEvent = { type: 'messageSent', payload: { messageId: 'msg_1', text, files: [] } }
    expect(guard([sent], { ...plain, judgement, isVendors: false })[0]?.type).toBe('customerMessageHeld')
    const among = (waiting: number) => () => guard([sent], { ...plain, waiting, judgement, isVendors: false })
    expect(among(19)()).toHaveLength(1)
    expect(among(20)).toThrow('held.full')
  })

  it('is flagged for staff beside it, once for each kind', () => {
    expect(written('You idiot. You are an idiot!', 'buyerToVendor').slice(2)).toEqual([
      {
        type: 'messageFlagged',
        payload: {
          messageId: 'msg_1',
          flags: [{ kind: 'abuse', rule: 'abuse.insult', certainty: 0.75 }],
          ruleVersion: 7,
        },
      },
    ])
  })

  it('is nothing where it is refused, and the reason names the kind', () => {
    expect(() => written('Send it to DE89 3704 0044 0532 0130 00')).toThrow(
      expect.objectContaining({
        refusal: { code: 'notAllowed', words: 'Not paymentAccount', reason: 'terms.paymentAccount' },
      }),
    )
  })
})

/** Each of them holds one thing and nothing else that is recognised. */
const samples: Record<RuledKind, string> = {
  email: 'Mine is elin@kiln.example',
  phone: 'Mine is +46 70 123 41 18',
  link: 'See https://kiln.example/cups',
  handle: 'I am @kilnandthread on Instagram',
  paymentAccount: 'It is DE89 3704 0044 0532 0130 00',
  offPlatformPayment: 'Pay me by bank transfer directly',
  abuse: 'You are an idiot',
  keyPhrase: 'This is the warehouse sale',
}
const directions = ['vendorToBuyer', 'buyerToVendor', 'vendorToVendor', 'buyerToBuyer'] as const
const every = directions.flatMap((direction) =>
  ruledKinds.flatMap((kind) => termActions.map((action) => [direction, kind, action] as const)),
)

describe('a rule', () => {
  it.each(every)('%s, %s: %s', (direction, kind, action) => {
    const others = Object.fromEntries(
      ruledKinds.map((each) => [each, 'allow']),
    ) as TermRules[typeof direction]
    const rules: TermRules = {
      ...defaultTermRules,
      // What the other directions say does not matter.
      ...Object.fromEntries(
        directions.map((each) => [each, { ...others, [kind]: each === direction ? action : 'refuse' }]),
      ),
      keyPhrases: ['warehouse sale'],
    }
    const text = samples[kind]
    const judgement = judge(text, { direction, vendorId: 'ven_kiln' }, { version: 7, rules })
    const sent: NewEvent = { type: 'messageSent', payload: { messageId: 'msg_1', text, files: [] } }
    const isVendors = direction.startsWith('vendor')
    const decided = () => guard([sent], { ...plain, judgement, isVendors })
    if (action === 'refuse') {
      expect(decided).toThrow(`terms.${kind}`)
      return
    }
    const held = isVendors ? 'vendorMessageHeld' : 'customerMessageHeld'
    const types = {
      allow: ['messageSent'],
      flag: ['messageSent', 'messageFlagged'],
      mask: ['messageSent', 'originalKept'],
      hold: [held],
    }
    const events = decided()
    expect(events.map(({ type }) => type)).toEqual(types[action])
    const shown = events[0]?.payload as { text: string; why?: string[] }
    if (action === 'mask') expect(shown.text).toContain('••••')
    else expect(shown.text).toBe(text)
    if (action === 'hold') expect(shown.why).toEqual([kind])
    if (action === 'flag') expect(events[1]?.payload).toMatchObject({ flags: [{ kind }] })
  })
})
