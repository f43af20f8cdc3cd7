import type { Actor } from '@parley/shared/people.ts'
import type { Outcome } from '@parley/shared/protocol/answers.ts'
import type { CommandName } from '@parley/shared/protocol/commands.ts'
import type { Refusal } from '@parley/shared/protocol/refusals.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { conversationVerbs, eventsAfter, type Log } from '../conversations/index.ts'
import { marlow } from '../demo/cast.ts'
import { moderationVerbs } from '../moderation/index.ts'
import { type Random, systemRandom } from '../random.ts'
import { routingVerbs } from '../routing/index.ts'
import { givenBuyer, givenTestSite, member, openLog, start } from '../testing/given-conversation.ts'
import { type Marlow, startMarlow } from '../testing/marlow.ts'
import { createSiteWorld, type SiteWorld } from '../testing/site-world.ts'
import { conversationReads } from './conversation-reads.ts'
import { createDispatch, type Dispatch } from './dispatch.ts'
import { createLimits } from './limits.ts'
import { makeWay } from './make-way.ts'

const daniel = member('Daniel', 'moderator')
const nowhere = { ip: '192.0.2.1', sessionId: null }
const isBusy = { code: 'unavailable', reason: 'busy' }

describe('a node that is sent more than it keeps up with', () => {
  let world: SiteWorld
  let log: Log
  let dispatch: Dispatch
  let marta: Actor & { kind: 'customer' }
  const given = { isStanding: true }
  let count = 0
  beforeAll(async () => {
    world = await createSiteWorld('postgres')
    await givenTestSite(world.parts)
    marta = await givenBuyer(world.parts, 'Marta')
  })
  afterAll(() => world?.close())
  beforeEach(() => {
    given.isStanding = true
    log = openLog(world.parts)
    dispatch = makeWay(
      createDispatch(world.parts, log, createLimits(80), {
        verbs: { ...conversationVerbs, ...routingVerbs, ...moderationVerbs },
        reads: conversationReads,
        siteCommands: {},
        logCommands: {},
      }),
      { log, lag: { isStanding: () => given.isStanding }, random: world.parts.random },
    )
  })

  function ask(actor: Actor, name: CommandName, wish: object): Promise<Outcome<unknown>> {
    return dispatch(actor, name, wish, nowhere)
  }

  function write(actor: Actor, name: CommandName, wish: object): Promise<Outcome<unknown>> {
    count += 1
    return ask(actor, name, { requestId: `make-way-${count}`, ...wish })
  }

  const send = (conversationId: string, text: string) =>
    ask(marta, 'sendMessage', {
      conversationId,
      requestId: `${conversationId}-${text.replace(' ', '-')}`,
      text,
    })

  async function texts(conversationId: string): Promise<string[]> {
    const events = await eventsAfter(world.parts.database, conversationId, 'staff', 0, 1_000)
    return events.flatMap(({ payload }) => ('text' in payload ? [payload.text as string] : []))
  }

  it('[L10] says “busy” to whoever is too many, and their messages count once when they are sent again', async () => {
    await start(log, marta, 'cnv_rush')
    const wanted = Array.from({ length: 300 }, (_, at) => `${at}`.padStart(3, '0'))
    const answers = await Promise.all(wanted.map((text) => send('cnv_rush', text)))
    for (const answer of answers.slice(256)) expect(answer).toMatchObject({ ok: false, refusal: isBusy })
    const taken = wanted.filter((_, at) => answers[at]?.ok)
    expect((await texts('cnv_rush')).sort()).toEqual(taken)
    for (const text of [...taken.slice(0, 5), ...wanted.filter((one) => !taken.includes(one))])
      expect(await send('cnv_rush', text)).toMatchObject({ ok: true })
    expect((await texts('cnv_rush')).sort()).toEqual(wanted)
  })

  it('[L10] spends nothing on whom it tells so, not even their own share of messages', async () => {
    await start(log, marta, 'cnv_share')
    // 640 in 5 s are hers: 256 pass, and were the others counted they would be more than that.
    const sent = await Promise.all(Array.from({ length: 800 }, (_, at) => send('cnv_share', `share ${at}`)))
    const refusals = sent.flatMap((answer) => (answer.ok ? [] : [answer.refusal.reason]))
    expect(refusals.length).toBeGreaterThanOrEqual(544)
    expect(new Set(refusals)).toEqual(new Set(['busy']))
    given.isStanding = false
    expect(await send('cnv_share', 'afterwards')).toMatchObject({ ok: true })
  })

  it('[L10] goes on with what heals: reading on both sides, taking over, ending', async () => {
    await start(log, marta, 'cnv_heal', true)
    const rush = Array.from({ length: 400 }, (_, at) => send('cnv_heal', `rush ${at}`))
    const conversationId = 'cnv_heal'
    const others = await Promise.all([
      ask(marta, 'readConversation', { conversationId, after: 0 }),
      ask(daniel, 'readConversation', { conversationId, after: 0 }),
      write(daniel, 'takeOverConversation', { conversationId, reason: 'Too many at once' }),
      write(daniel, 'closeConversation', { conversationId, reason: 'Too many at once' }),
    ])
    expect(others.map((answer) => (answer.ok ? 'done' : answer.refusal))).toEqual(others.map(() => 'done'))
    const answers = await Promise.all(rush)
    expect(answers.filter(({ ok }) => !ok).length).toBeGreaterThanOrEqual(400 - 256)
  })

  it('[L9] lets who takes over wait for a commit that has stalled, where a message is told “busy” before it is read', async () => {
    given.isStanding = false
    await start(log, marta, 'cnv_stall', true)
    const conversationId = 'cnv_stall'
    let taken: Promise<Outcome<unknown>> | undefined
    let first: Promise<Outcome<unknown>> | undefined
    await world.parts.database.transaction(async (sql) => {
      await sql.query(`select 1 from conversations where conversation_id = 'cnv_stall' for update`)
      first = send(conversationId, 'first')
      do await sql.query('select 1')
      while (!log.isBusy(conversationId))
      taken = write(daniel, 'takeOverConversation', { conversationId, reason: 'A stall' })
      expect(await ask(marta, 'sendMessage', { conversationId, nothing: 'of it was read' })).toMatchObject({
        ok: false,
        refusal: isBusy,
      })
    })
    expect(await taken).toMatchObject({ ok: true })
    await first
  })
})

describe('a server whose database stands still', () => {
  let site: Marlow
  beforeAll(async () => {
    site = await startMarlow('postgres', { RATE_LIMIT_FACTOR: '10000' })
  })
  afterAll(() => site?.close())

  it('[L9] [L10] tells over a socket and over HTTP that a message is to be sent again, before it looks at it, and counts that', async () => {
    const marta = await site.buyer('marta')
    const { conversationId } = await marta.ask('startConversation', {
      requestId: 'make-way-start',
      with: { kind: 'support' },
      answers: { topic: 'payment', description: 'I paid twice' },
    })
    const send = (text: string) => ({ requestId: `make-way-${text}`, conversationId, text })
    const told = async () => {
      const figures = await (await fetch(`${site.url}/metrics`)).text()
      return Number(/^parley_busy_total (\d+)$/m.exec(figures)?.[1])
    }
    const before = await told()
    let waiting: Promise<void> | undefined
    await site.world.parts.database.transaction(async (sql) => {
      await sql.query('select 1 from conversations where conversation_id = $1 for update', [conversationId])
      let isOver = false
      // Somebody always waits for the commit.
      async function wait(): Promise<void> {
        for (let at = 0; !isOver; at += 1) await marta.connection.ask('sendMessage', send(`waits-${at}`))
      }
      waiting = wait()
      const stalled = { conversationId, nothing: 'of it was read' }
      const asks: (() => Promise<Outcome<unknown>>)[] = [
        () => marta.connection.ask('sendMessage', stalled as never),
        async () => {
          const answer = await fetch(`${site.url}/api/v1/commands/sendMessage`, {
            method: 'POST',
            headers: {
              'content-type': 'application/json',
              authorization: `Bearer ${marta.visitorToken}`,
              'parley-site': marlow.siteKey,
            },
            body: JSON.stringify(stalled),
          })
          const refusal = (await answer.json()) as Refusal
          if (refusal.reason !== 'busy') return { ok: false, refusal }
          expect(answer.status).toBe(503)
          expect(Number(answer.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
          return { ok: false, refusal }
        },
      ]
      try {
        for (const ask of asks) {
          let outcome: Outcome<unknown>
          do outcome = await ask()
          while (!outcome.ok && outcome.refusal.code === 'invalid')
          expect(outcome).toMatchObject({ ok: false, refusal: isBusy })
        }
      } finally {
        isOver = true
      }
    })
    await waiting
    expect(await told()).toBeGreaterThanOrEqual(before + 2)
    await marta.ask('sendMessage', send('afterwards'))
  })
})

describe('a rush', () => {
  it('[L10] is more messages at once than the log works on while the loop lags, and nothing else', async () => {
    const lag = { stands: true }
    const ends: (() => void)[] = []
    const dispatch = makeWay(() => new Promise((end) => ends.push(() => end({ ok: true, value: null }))), {
      log: { isBusy: () => false },
      lag: { isStanding: () => lag.stands },
      random: systemRandom,
    })
    const sent: Promise<Outcome<unknown>>[] = []
    const send = (count: number, name = 'sendMessage') => {
      for (let at = 0; at < count; at += 1) sent.push(dispatch(daniel, name, {}, nowhere))
      return ends.length
    }
    expect(send(300)).toBe(256)
    expect(send(10, 'readConversation')).toBe(266)
    for (const end of ends.splice(0, 100)) end()
    await Promise.all(sent.slice(0, 100))
    expect(send(300)).toBe(266)
    lag.stands = false
    expect(send(300)).toBe(566)
  })
})

describe('whoever is told “busy”', () => {
  const latestOf: Random = { ...systemRandom, fraction: () => 1 }
  const rushing = (now: () => number) =>
    makeWay(() => Promise.resolve({ ok: true, value: null }), {
      log: { isBusy: () => true },
      lag: { isStanding: () => true },
      random: latestOf,
      now,
    })

  async function latest(dispatch: Dispatch): Promise<number | undefined> {
    const answer = await dispatch(daniel, 'sendMessage', {}, nowhere)
    return (answer as { refusal: Refusal }).refusal.retryAfterMs
  }

  it('[L10] comes back over as long as the crowd took to gather, ten seconds at most, and soon when it is new', async () => {
    const turned = { ms: 0 }
    const dispatch = rushing(() => turned.ms)
    expect(await latest(dispatch)).toBe(2_000)
    for (; turned.ms < 4_000; turned.ms += 500) await latest(dispatch)
    expect(await latest(dispatch)).toBe(5_000)
    for (; turned.ms < 60_000; turned.ms += 2_000) await latest(dispatch)
    expect(await latest(dispatch)).toBe(11_000)
    turned.ms += 3_001
    expect(await latest(dispatch)).toBe(2_000)
  })
})
