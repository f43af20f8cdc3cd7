import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Facts, holds, isLike } from './condition.ts'
import { describeRule } from './describe-rule.ts'
import type { Condition, Fact, LiveRule, Respect, Signal } from './rule.ts'
import { advance, type Happened, type Progress } from './sequence.ts'
import { isWorthAsking, type Memory, type Moment, type Past, reasonAgainst, shareOf } from './verdict.ts'

const day = 86_400_000
const rule: LiveRule = {
  id: 'trg_return',
  when: [{ on: 'click', at: '.return' }],
  do: { show: 'teaser', title: 'Returning it?' },
  often: { times: 1, days: 1 },
}
const respect: Respect = { perPage: 1, perDay: 2, quietHours: 24, excluded: ['/checkout*'] }
const memory: Memory = { person: 'p1', past: [], quietUntilMs: 0 }
const given =
  (facts: Partial<Record<Fact, string | number>>): Facts =>
  (name) =>
    facts[name]
const moment: Moment = {
  nowMs: 10 * day,
  facts: given({ path: '/orders/1', role: 'buyer', cartValue: 64 }),
  isTyping: false,
  isCovered: false,
  shownOnPage: 0,
  ownOnPage: 0,
}
const happened = (on: Signal['on'], more: Partial<Happened> & { at?: string } = {}): Happened => ({
  on,
  isAt: (selector) => selector === more.at,
  ...more,
})

describe('a pattern', () => {
  it.each([
    ['/orders/*', '/orders/1', true],
    ['/orders/*', '/orders', false],
    ['*', '', true],
    ['/a*b*c', '/a-b-c', true],
    ['/a*b*c', '/a-c-b', false],
    ['aa*aa', 'aaa', false],
    ['de*', 'de-AT', true],
    ['/orders/1', '/orders/12', false],
  ])('%s and %s: %s', (pattern, text, expected) => expect(isLike(pattern, text)).toBe(expected))

  it('agrees with the regular expression of the same meaning', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 })
    fc.assert(
      fc.property(text, fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 }), (pattern, value) => {
        const same = new RegExp(`^${pattern.replaceAll('*', '.*')}$`)
        expect(isLike(pattern, value)).toBe(same.test(value))
      }),
    )
  })
})

describe('a condition', () => {
  const facts = given({ path: '/orders/1', cartValue: 64, visits: 2 })
  const isTrue: Condition = { fact: 'cartValue', from: 64 }
  const isFalse: Condition = { fact: 'cartValue', to: 63 }

  it('joins with all, any and not; what is not known is never true', () => {
    expect(holds(undefined, facts)).toBe(true)
    expect(holds({ all: [isTrue, isTrue] }, facts)).toBe(true)
    expect(holds({ all: [isTrue, isFalse] }, facts)).toBe(false)
    expect(holds({ any: [isFalse, isTrue] }, facts)).toBe(true)
    expect(holds({ not: isFalse }, facts)).toBe(true)
    expect(holds({ fact: 'role', is: ['*'] }, facts)).toBe(false)
    expect(holds({ fact: 'visits', from: 2, to: 2 }, facts)).toBe(true)
    expect(holds({ segment: 'gone' }, facts)).toBe(false)
  })

  it('obeys De Morgan', () => {
    const { tree } = fc.letrec<{ tree: Condition }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.constant(isTrue),
        fc.constant(isFalse),
        fc.record({ all: fc.array(tie('tree'), { maxLength: 3 }) }),
        fc.record({ any: fc.array(tie('tree'), { maxLength: 3 }) }),
        fc.record({ not: tie('tree') }),
      ),
    }))
    fc.assert(
      fc.property(tree, tree, (one, other) => {
        const both = holds({ not: { all: [one, other] } }, facts)
        expect(both).toBe(holds({ any: [{ not: one }, { not: other }] }, facts))
      }),
    )
  })
})

describe('signals in order', () => {
  function play(when: Signal[], withinSeconds: number | undefined, all: [Happened, number][]) {
    let progress: Progress | true | undefined
    const wanted = { ...rule, when, ...(withinSeconds ? { withinSeconds } : {}) }
    for (const [one, seconds] of all) {
      if (progress === true) return true
      progress = advance(wanted, progress, one, seconds * 1000)
    }
    return progress === true
  }
  const failed = (form: string) => happened('invalid', { form })

  it('count the third failure on the same form, and no other form’s', () => {
    const when: Signal[] = [{ on: 'invalid', times: 3 }]
    expect(
      play(when, 60, [
        [failed('a'), 0],
        [failed('a'), 1],
        [failed('a'), 2],
      ]),
    ).toBe(true)
    expect(
      play(when, 60, [
        [failed('a'), 0],
        [failed('b'), 1],
        [failed('a'), 2],
      ]),
    ).toBe(false)
  })

  it('begin again when they took too long', () => {
    const when: Signal[] = [{ on: 'invalid', times: 2 }]
    expect(
      play(when, 60, [
        [failed('a'), 0],
        [failed('a'), 60],
      ]),
    ).toBe(true)
    expect(
      play(when, 60, [
        [failed('a'), 0],
        [failed('a'), 61],
      ]),
    ).toBe(false)
    expect(
      play(when, 60, [
        [failed('a'), 0],
        [failed('a'), 61],
        [failed('a'), 62],
      ]),
    ).toBe(true)
  })

  it('come one after the other', () => {
    const when: Signal[] = [{ on: 'event', at: 'quote' }, { on: 'exit' }]
    const quote = happened('event', { at: 'quote' })
    expect(
      play(when, undefined, [
        [happened('exit'), 0],
        [quote, 1],
      ]),
    ).toBe(false)
    expect(
      play(when, undefined, [
        [quote, 0],
        [happened('exit'), 1],
      ]),
    ).toBe(true)
  })

  it('reach an amount once, when it is passed', () => {
    const when: Signal[] = [{ on: 'time', amount: 15, times: 2 }]
    const seconds = Array.from({ length: 40 }, (_, at): [Happened, number] => [
      happened('time', { amount: at, from: at - 1 }),
      at,
    ])
    expect(play(when, undefined, seconds)).toBe(false)
    expect(play([{ on: 'time', amount: 15 }], undefined, seconds)).toBe(true)
  })

  it('never complete before enough has happened, nor stay behind once it has', () => {
    const form = fc.constantFrom('a', 'b')
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), fc.array(form, { maxLength: 12 }), (times, forms) => {
        let run = 0
        let last = ''
        let hasRun = false
        for (const one of forms) {
          run = one === last ? run + 1 : 1
          last = one
          if (run >= times) hasRun = true
        }
        const all = forms.map((one, at): [Happened, number] => [failed(one), at])
        expect(play([{ on: 'invalid', times }], undefined, [...all, [happened('page'), 99]])).toBe(hasRun)
      }),
    )
  })
})

describe('what speaks against showing', () => {
  const shownAt = (nowMs: number, id = 'other', isHeld: 0 | 1 = 0): Past => [id, nowMs, isHeld]
  const against = (more: { rule?: Partial<LiveRule>; memory?: Partial<Memory>; moment?: Partial<Moment> }) =>
    reasonAgainst(
      { ...rule, ...more.rule },
      respect,
      { ...memory, ...more.memory },
      { ...moment, ...more.moment },
    )

  it('is nothing on a quiet page', () => expect(against({})).toBeUndefined())

  it.each([
    ['excluded', { moment: { facts: given({ path: '/checkout/pay' }) } }],
    ['condition', { rule: { if: { fact: 'role', is: ['vendor'] } } }],
    ['share', { rule: { share: { percent: 0, holdOut: 0 } } }],
    ['often', { memory: { past: [shownAt(10 * day - 1, 'trg_return')] } }],
    ['often', { memory: { past: [shownAt(10 * day - 1, 'trg_return', 1)] } }],
    ['often', { rule: { often: { times: 1, days: 0 } }, moment: { ownOnPage: 1 } }],
    ['cooling', { memory: { quietUntilMs: 10 * day + 1 } }],
    ['perPage', { moment: { shownOnPage: 1 } }],
    ['perDay', { memory: { past: [shownAt(10 * day - 5), shownAt(10 * day - 9)] } }],
    ['typing', { moment: { isTyping: true } }],
    ['covered', { moment: { isCovered: true } }],
    ['heldOut', { rule: { share: { percent: 100, holdOut: 100 } } }],
  ] as const)('is %s', (reason, more) => expect(against(more as Parameters<typeof against>[0])).toBe(reason))

  it('is gone when its time is over', () => {
    expect(against({ memory: { past: [shownAt(9 * day, 'trg_return')] } })).toBeUndefined()
    expect(against({ memory: { quietUntilMs: 10 * day } })).toBeUndefined()
    expect(against({ memory: { past: [shownAt(9 * day), shownAt(9 * day)] } })).toBeUndefined()
  })

  it('is never that somebody else was held out: that used none of the budget', () => {
    const held = [shownAt(10 * day - 5, 'a', 1), shownAt(10 * day - 5, 'b', 1)]
    expect(against({ memory: { past: held } })).toBeUndefined()
  })

  it('keeps one budget whatever the rules: nobody is shown more in a day than the site allows', () => {
    const times = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat({ max: 3 * day })), {
      maxLength: 60,
    })
    fc.assert(
      fc.property(times, (tries) => {
        const past: Past[] = []
        for (const [id, at] of [...tries].sort((one, other) => one[1] - other[1])) {
          const often = { times: 20, days: 1 }
          const reason = reasonAgainst(
            { ...rule, id, often },
            respect,
            { ...memory, past },
            { ...moment, nowMs: at + day },
          )
          if (!reason) past.push([id, at + day, 0])
        }
        for (const [, at] of past)
          expect(past.filter((one) => one[1] <= at && one[1] > at - day).length).toBeLessThanOrEqual(2)
      }),
    )
  })
})

describe('a share of people', () => {
  it('is the same for the same person, near its size, and apart from other rules and from the hold-out', () => {
    const people = Array.from({ length: 4_000 }, (_, at) => `person ${at}`)
    const inShare = (name: (person: string) => string, under: number) =>
      people.filter((person) => shareOf(name(person)) < under)
    const half = inShare((person) => `rule ${person}`, 50)
    expect(inShare((person) => `rule ${person}`, 50)).toEqual(half)
    expect(half.length / people.length).toBeCloseTo(0.5, 1)
    const other = new Set(inShare((person) => `other ${person}`, 50))
    const held = new Set(inShare((person) => `${person} rule`, 50))
    expect(half.filter((person) => other.has(person)).length / half.length).toBeCloseTo(0.5, 1)
    expect(half.filter((person) => held.has(person)).length / half.length).toBeCloseTo(0.5, 1)
  })

  it('grows without letting anybody fall out', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 0, max: 99 }), (name, percent) => {
        expect(shareOf(name)).toBeLessThan(100)
        if (shareOf(name) < percent) expect(shareOf(name)).toBeLessThan(percent + 1)
      }),
    )
  })
})

describe('asking who is there', () => {
  const online: Condition = { fact: 'vendor', is: ['yes'] }
  const worth = (condition: Condition, more: Partial<Memory> = {}) =>
    isWorthAsking({ ...rule, if: condition }, respect, { ...memory, ...more }, moment)

  it('is worth a request only where the answer decides', () => {
    expect(worth(online)).toBe(true)
    expect(worth({ not: online })).toBe(true)
    expect(worth({ all: [online, { fact: 'open', is: ['no'] }] })).toBe(true)
    expect(worth({ fact: 'role', is: ['buyer'] })).toBe(false)
    expect(worth({ all: [online, { fact: 'role', is: ['vendor'] }] })).toBe(false)
    expect(worth(online, { quietUntilMs: 99 * day })).toBe(false)
  })
})

describe('a rule in plain words', () => {
  it.each([
    [
      { when: [{ on: 'click', at: '.return' }], if: { fact: 'role', is: ['buyer'] }, afterSeconds: 1 },
      'When a buyer clicks “.return”, after 1 second, say “Returning it?”, at most once a day.',
    ],
    [
      { when: [{ on: 'invalid', at: '#register', times: 3 }], withinSeconds: 60 },
      'When somebody cannot send the form “#register” three times within 1 minute, say “Returning it?”, at most once a day.',
    ],
    [
      {
        when: [{ on: 'event', at: 'quote_seen' }, { on: 'exit' }],
        if: { all: [{ fact: 'path', is: ['/p/*'] }, { not: { fact: 'vendor', is: ['yes'] } }] },
        share: { percent: 80, holdOut: 10 },
        often: { times: 2, days: 7 },
      },
      'When the page reports “quote_seen”, then they are about to leave and the page is “/p/*” and (not the vendor is online), say “Returning it?”, at most twice a week, for 80 % of people with 10 % held out to compare.',
    ],
  ])('%#', (more, sentence) =>
    expect(describeRule({ ...rule, ...(more as Partial<LiveRule>) })).toBe(sentence),
  )
})
