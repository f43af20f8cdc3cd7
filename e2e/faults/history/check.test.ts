import type { WireEvent } from '@parley/shared/protocol/events.ts'
import { describe, expect, it } from 'vitest'
import { countOf, judge } from './check.ts'
import { staffCanary } from './checks/leaks.ts'
import type { History, Invariant, Model, Sent, StoredEvent } from './history.ts'
import { sampleHistory } from './sample-history.ts'

const modelOf = (history: History, client: string) =>
  history.models.find((model) => model.client === client) as Model & { events: WireEvent[] }
const wishFor = (history: History, text: string) => history.sent.find((wish) => wish.text === text) as Sent
const rowFor = (history: History, text: string) =>
  history.stored.find(
    ({ event }) => event.type === 'messageSent' && event.payload.text === text,
  ) as StoredEvent
const without = (events: readonly WireEvent[], text: string) =>
  events.filter((event) => !(event.type === 'messageSent' && event.payload.text === text))

/** What is wrong with an otherwise faultless run, and the promise that it must be found to break. */
const planted: [string, Invariant, (history: History) => void][] = [
  [
    'an acknowledged message that is not stored',
    'I01',
    (history) => {
      history.stored = history.stored.filter((row) => row !== rowFor(history, 'four'))
    },
  ],
  [
    'an acknowledged message that one screen lacks',
    'I01',
    (history) => {
      const model = modelOf(history, 'daniel')
      model.events = without(model.events, 'four')
    },
  ],
  [
    'an acknowledged message that one node does not tell',
    'I01',
    (history) => {
      for (const reading of history.readings.filter(({ node }) => node === 'node 2'))
        reading.events = without(reading.events, 'one')
    },
  ],
  [
    'a request stored twice',
    'I02',
    (history) => {
      const row = rowFor(history, 'four')
      history.stored.push({ ...row, seq: 7, positions: { customer: 6, vendor: 6, staff: 7 } })
    },
  ],
  [
    'a message shown twice',
    'I02',
    (history) => {
      const model = modelOf(history, 'marta')
      const last = model.events.at(-1) as WireEvent
      model.events = [...model.events, { ...last, position: last.position + 1 }]
    },
  ],
  [
    'a refused message that is stored',
    'I03',
    (history) => {
      wishFor(history, 'two').result = 'failed'
    },
  ],
  [
    'a refused message that somebody was shown',
    'I03',
    (history) => {
      history.sent.push({
        ...wishFor(history, 'one'),
        requestId: 'refused',
        text: 'no',
        result: 'failed',
        number: 90,
      })
      const frame = history.frames.find(({ event }) => event?.type === 'messageSent')
      if (frame?.event)
        history.frames.push({ ...frame, event: { ...frame.event, position: 40, requestId: 'refused' } })
    },
  ],
  [
    'a message that stays neither sent nor refused',
    'I04',
    (history) => {
      modelOf(history, 'marta').pending = [{ requestId: 'request-9', text: 'nine', state: 'waiting' }]
    },
  ],
  [
    'a hole in the store’s numbers',
    'I05',
    (history) => {
      rowFor(history, 'four').seq = 9
    },
  ],
  [
    'a hole in one reader’s stream, which would tell of a note',
    'I05',
    (history) => {
      rowFor(history, 'four').positions.customer = 6
    },
  ],
  [
    'two messages swapped on one screen',
    'I05',
    (history) => {
      const model = modelOf(history, 'priya')
      const [one, two] = [model.events[2] as WireEvent, model.events[3] as WireEvent]
      model.events[2] = { ...two, position: 3 } as WireEvent
      model.events[3] = { ...one, position: 4 } as WireEvent
    },
  ],
  [
    'a place in the order that named another message for a while',
    'I05',
    (history) => {
      const frame = history.frames.find(({ client, event }) => client === 'daniel' && event?.position === 4)
      if (frame?.event) history.frames.push({ ...frame, event: { ...frame.event, requestId: 'request-2' } })
    },
  ],
  [
    'two messages of one sender in the other order',
    'I06',
    (history) => {
      wishFor(history, 'four').number = 0
    },
  ],
  [
    'a node that does not know what another has acknowledged',
    'I07',
    (history) => {
      const fetch = history.fetched[0]
      if (fetch) fetch.requestIds = fetch.requestIds.slice(0, -1)
    },
  ],
  [
    'a screen that goes back',
    'I08',
    (history) => {
      history.shown.push({ client: 'marta', conversationId: 'cnv_1', at: 9_000, last: 2 })
    },
  ],
  [
    'a summary that names another last message than the list',
    'I08',
    (history) => {
      const model = modelOf(history, 'marta')
      if (model.conversation?.lastMessage)
        model.conversation = {
          ...model.conversation,
          lastMessage: { ...model.conversation.lastMessage, messageId: 'msg_other' },
        }
    },
  ],
  [
    'a hole that is not filled for five seconds',
    'I09',
    (history) => {
      for (const view of history.shown) if (view.client === 'daniel' && view.last === 6) view.at += 5_000
    },
  ],
  [
    'a gap on a screen',
    'I09',
    (history) => {
      const model = modelOf(history, 'priya')
      model.events = without(model.events, 'two')
    },
  ],
  [
    'a node that answers another state than its events say',
    'I10',
    (history) => {
      const [reading] = history.readings
      if (reading) reading.conversation = { ...reading.conversation, status: 'closed' }
    },
  ],
  [
    'a note that reaches the customer',
    'I11',
    (history) => {
      const note = history.stored.find(({ type }) => type === 'noteAdded')
      if (note)
        history.frames.push({
          client: 'marta',
          at: 5_000,
          name: 'event',
          conversationId: 'cnv_1',
          event: { ...note.event, position: 50 },
          text: '',
        })
    },
  ],
  [
    'words of a note in any frame of the customer',
    'I11',
    (history) => {
      history.frames.push({
        client: 'marta',
        at: 5_000,
        name: 'hint:inbox',
        conversationId: null,
        event: null,
        text: `{"text":"${staffCanary}"}`,
      })
    },
  ],
  [
    'an event of a conversation after the right to it was lost',
    'I11',
    (history) => {
      for (const right of history.rights) if (right.client === 'daniel') right.until = 1_000
    },
  ],
  [
    'an answer by somebody who has not got the conversation',
    'I16',
    (history) => {
      const row = rowFor(history, 'two')
      row.event = { ...row.event, by: { ...row.event.by, id: 'mem_jonas', name: 'Jonas' } }
    },
  ],
  [
    'a node that ended by itself',
    'I14',
    (history) => {
      history.ends.push({ node: 'node 3', why: 'An unhandled fault; stopping.' })
    },
  ],
  [
    'an act without a line in the audit log',
    'I15',
    (history) => {
      history.audit = []
    },
  ],
  [
    'a line in the audit log that no act has left',
    'I15',
    (history) => {
      history.audit.push({ action: 'member.disabled', requestId: 'nobody-asked' })
    },
  ],
  [
    'an act that left two lines, because it was repeated',
    'I15',
    (history) => {
      for (const act of history.acts) act.result = 'unknown'
      history.audit.push(...history.audit.slice(-1))
    },
  ],
  [
    'a refused act with a line in the audit log',
    'I15',
    (history) => {
      for (const act of history.acts) act.result = 'failed'
    },
  ],
  [
    'a chain of audit lines that does not hold',
    'I15',
    (history) => {
      history.chainFaults.push({ what: 'changed', number: 7 })
    },
  ],
  [
    'an event that a webhook was never told of',
    'I12',
    (history) => {
      history.hooks?.received.pop()
    },
  ],
  [
    'an event told again under another id',
    'I12',
    (history) => {
      const [first] = history.hooks?.received ?? []
      if (first) history.hooks?.received.push({ ...first, id: 'dlv_other' })
    },
  ],
  [
    'two events told under one id',
    'I12',
    (history) => {
      for (const hook of history.hooks?.received ?? []) hook.id = 'dlv_1'
    },
  ],
  [
    'two events told in each other’s place',
    'I12',
    (history) => {
      const hooks = history.hooks
      if (hooks) hooks.types = [...hooks.types, 'assigned']
      const [first] = hooks?.received ?? []
      if (first) hooks?.received.push({ ...first, id: 'dlv_2', position: 2 })
    },
  ],
  [
    'a webhook that was told what was never stored',
    'I12',
    (history) => {
      const [first] = history.hooks?.received ?? []
      if (first) history.hooks?.received.push({ ...first, id: 'dlv_9', position: 9 })
    },
  ],
  [
    'an answer mailed twice although nobody was killed',
    'I12',
    (history) => {
      history.letters.push(...history.letters)
    },
  ],
  [
    'an answer mailed in two letters',
    'I12',
    (history) => {
      const [letter] = history.letters
      if (letter) history.letters.push({ ...letter, messageId: '<answer.other@shop>' })
    },
  ],
  [
    'an answer that was never mailed',
    'I12',
    (history) => {
      history.letters = []
    },
  ],
  [
    'a letter to somebody else',
    'I12',
    (history) => {
      const [letter] = history.letters
      if (letter) history.letters.push({ ...letter, messageId: '<x@shop>', to: 'omar@post.example' })
    },
  ],
  [
    'a file that a message shows and one node has not got',
    'I13',
    (history) => {
      const last = history.downloads.at(-1)
      if (last) last.status = 404
    },
  ],
  [
    'half a file',
    'I13',
    (history) => {
      const last = history.downloads.at(-1)
      if (last) last.sha256 = 'of half of the bill'
    },
  ],
  [
    'bytes without a row',
    'I13',
    (history) => {
      history.blobs.push({ key: 'b222', hasRow: false })
    },
  ],
]

describe('the history checker', () => {
  it('finds nothing wrong with a run in which nothing was', () => {
    const history = sampleHistory()
    expect(judge(history)).toEqual([])
    expect(history.sent.length).toBeGreaterThan(3)
  })

  it.each(planted)('finds %s [%s]', (_what, invariant, plant) => {
    const history = sampleHistory()
    plant(history)
    const violations = judge(history)
    expect(violations.map((violation) => violation.invariant)).toContain(invariant)
    for (const { sentence, evidence } of violations) {
      expect(sentence).toMatch(/\.$/)
      expect(evidence.length).toBeGreaterThan(0)
    }
  })

  it('bears that a hole stays open while a fault lasts, and a frame that arrives within the grace after a loss', () => {
    const history = sampleHistory()
    history.faults.push({ what: 'cut', at: 4_900, until: 12_000 })
    for (const view of history.shown) if (view.client === 'daniel' && view.last === 6) view.at += 5_000
    for (const right of history.rights) if (right.client === 'daniel') right.until = 3_500
    expect(judge(history).map(({ invariant }) => invariant)).toEqual([])
  })

  it('bears the same letter twice when its sender was killed before writing down that it went', () => {
    const history = sampleHistory()
    const [letter] = history.letters
    if (letter) history.letters.push({ ...letter, isSenderKilled: true })
    expect(judge(history)).toEqual([])
    if (letter) history.letters.push(letter)
    expect(judge(history).map(({ invariant }) => invariant)).toEqual(['I12'])
  })

  it('counts what it found by kind', () => {
    const history = sampleHistory()
    history.stored = history.stored.filter((row) => row !== rowFor(history, 'four'))
    const verdict = countOf(history, judge(history))
    expect(verdict).toMatchObject({ acknowledged: 4, duplicated: 0, leaked: 0 })
    expect(verdict.lost).toBeGreaterThan(0)
  })
})
