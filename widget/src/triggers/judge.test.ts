import type { LiveRule, RulesFile } from '@parley/shared/triggers/rule.ts'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Host } from './host.ts'
import { createJudge, type Judge, type State } from './judge.ts'
import { recall, remember } from './memory.ts'

const rule: LiveRule = {
  id: 'trg_return',
  when: [{ on: 'click', at: '.return' }],
  do: {
    show: 'open',
    with: 'vendor',
    intent: 'refund',
    topic: 'top_return',
    prefill: 'It is about {product} from {order}, {field}.',
  },
  often: { times: 5, days: 1 },
  goal: 'kept_it',
}
const said: [string, unknown][] = [
  [
    'setContext',
    {
      product: { id: 'prd_1', name: 'the bowl', vendorId: 'ven_kiln' },
      order: { id: '48213', vendorId: 'ven_kiln' },
    },
  ],
]

let kept: Record<string, string>
let calls: unknown[][]
let told: unknown[][]
let counted: string[]
let state: State
let life: AbortController
let listeners: [string, () => void][]

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-11-26T10:00:00Z') })
  vi.stubGlobal('location', { pathname: '/orders/48213' })
  vi.stubGlobal('matchMedia', () => ({ matches: false }))
  vi.stubGlobal('document', {
    documentElement: { lang: 'en' },
    fullscreenElement: null,
    querySelectorAll: () => [],
  })
  kept = {}
  calls = []
  told = []
  counted = []
  listeners = []
  life = new AbortController()
  state = { shownOnPage: 0, shownOf: {}, lastInputMs: 0, going: {} }
})
afterEach(() => {
  life.abort()
  expect(vi.getTimerCount()).toBe(0)
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

function judgeOf(rules: LiveRule[]): Judge {
  const file = { rules, perPage: 9, perDay: 9, quietHours: 24, excluded: [] } as unknown as RulesFile
  const host = {
    call: (...call: unknown[]) => calls.push(call),
    kept: () => kept,
    keep: (name: string, value: string) => {
      kept[name] = value
    },
    emit: (...event: unknown[]) => told.push(event),
    on: (name: string, run: () => void) => listeners.push([name, run]),
    said: () => said,
    isOpen: () => false,
    signal: life.signal,
  } as unknown as Host
  const count = (name: string) => counted.push(name)
  return createJudge({ host, file, state, count, recall, remember })
}
const passes = (ms: number) => vi.advanceTimersByTimeAsync(ms)
const heldOut: LiveRule = { ...rule, share: { percent: 100, holdOut: 100 } }

describe('a rule that has been weighed', () => {
  it('opens the panel by itself, filled with what is known of the matter', async () => {
    judgeOf([rule]).consider(rule, { field: 'size' })
    await passes(599)
    expect(calls).toEqual([])
    await passes(1)
    expect(calls).toEqual([
      ['setContext', { ...(said[0]?.[1] as object), intent: 'refund', topic: 'top_return' }],
      ['prefill', 'It is about the bowl from 48213, size.'],
      ['openTo', 'vendor', 'ven_kiln'],
    ])
    expect(told).toEqual([
      ['triggerShown', { id: 'trg_return' }],
      ['triggerAccepted', { id: 'trg_return' }],
    ])
    expect(counted).toEqual(['shown', 'accepted'])
  })

  it('waits for as long as somebody types, and lets it be after a minute', async () => {
    const judge = judgeOf([rule])
    state.lastInputMs = Date.now()
    judge.consider(rule, undefined)
    await passes(4_600)
    expect(told).toEqual([])
    await passes(1_000)
    expect(told).toHaveLength(2)

    judge.consider(rule, undefined)
    for (let second = 0; second < 70; second += 1) {
      state.lastInputMs = Date.now()
      await passes(1_000)
    }
    await passes(60_000)
    expect(told).toHaveLength(2)
    expect(counted).toEqual(['shown', 'accepted', 'typing'])
  })

  it('shows nothing to who is held out, and tells what they did all the same, to compare with', async () => {
    const judge = judgeOf([heldOut])
    judge.consider(heldOut, undefined)
    await passes(1_000)
    expect([calls, told]).toEqual([[], []])
    judge.started()
    judge.started()
    judge.reached('another goal')
    judge.reached('kept_it')
    expect(counted).toEqual(['heldOut', 'heldStarted', 'heldReached'])
  })

  it('tells of a chat begun and of its goal, each once, for what was shown not long before', async () => {
    const judge = judgeOf([rule])
    judge.started()
    judge.reached('kept_it')
    expect(counted).toEqual([])
    judge.consider(rule, undefined)
    await passes(1_000)
    counted.length = 0
    judge.started()
    judge.started()
    judge.reached('kept_it')
    judge.reached('kept_it')
    expect(counted).toEqual(['started', 'reached'])
    judge.consider(rule, undefined)
    await passes(1_000)
    counted.length = 0
    await passes(86_400_000)
    judge.started()
    await passes(6 * 86_400_000)
    judge.reached('kept_it')
    expect(counted).toEqual([])
  })

  it('is asked no more once the widget is gone', async () => {
    judgeOf([rule]).consider(rule, undefined)
    life.abort()
    await passes(60_000)
    expect([calls, told, counted]).toEqual([[], [], []])
  })
})
