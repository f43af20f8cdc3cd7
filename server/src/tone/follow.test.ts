import type { ConversationTone } from '@parley/shared/protocol/tone.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectEverybody, type Everybody } from '../testing/everybody.ts'
import { type Marlow, type Person, startMarlow } from '../testing/marlow.ts'
import { waitFor } from '../testing/wait-for.ts'
import { followTone } from './follow.ts'
import { builtInTone, type ToneProvider } from './index.ts'
import { leaseReading, meanTones, unreadStretch } from './store.ts'
import { toneWithin } from './tone-within.ts'

let site: Marlow
let everybody: Everybody
beforeAll(async () => {
  site = await startMarlow('postgres', { RATE_LIMIT_FACTOR: '1000000' })
  everybody = await connectEverybody(site)
})
afterAll(() => site?.close())

let count = 0
const requestId = () => {
  count += 1
  return `tone-wish-${count}`
}

async function chat(): Promise<string> {
  const { conversationId } = await everybody.marta.person.ask('startConversation', {
    requestId: requestId(),
    with: { kind: 'vendor', vendorId: 'ven_kiln' },
    answers: { description: 'When does my order arrive?' },
  })
  return conversationId
}
const says = (person: Person, conversationId: string, text: string) =>
  person.ask('sendMessage', { requestId: requestId(), conversationId, text })
const viewed = (conversationId: string) =>
  everybody.daniel.person.ask('viewTone', { conversationId }) as Promise<ConversationTone>
const told = ({ frames }: Person) =>
  frames.filter(({ name }) => name === 'hint:tone').map(({ values }) => values[0] as ConversationTone)

async function waitForTones(conversationId: string, messages: number): Promise<ConversationTone> {
  let tone = await viewed(conversationId)
  await waitFor(async () => {
    tone = await viewed(conversationId)
    return tone.messages.length === messages
  })
  return tone
}

describe('the tone of messages', () => {
  it('is read after they are sent, told live to staff who follow, and heard of by neither side', async () => {
    const { daniel, elin, marta } = everybody
    const conversationId = await chat()
    for (const { person } of [daniel, elin, marta]) {
      const feed = person.open(conversationId)
      await waitFor(() => feed.get().isComplete)
    }
    const { messageId } = await says(
      marta.person,
      conversationId,
      'This is a scam! I want my money back NOW!!!',
    )
    await says(elin.person, conversationId, 'I am looking into it')
    await waitFor(() =>
      told(daniel.person).some(({ messages }) => messages.some((message) => message.messageId === messageId)),
    )
    const tone = await waitForTones(conversationId, 3)
    expect(tone.messages.find((message) => message.messageId === messageId)).toMatchObject({ level: 'upset' })
    expect(tone.dissatisfaction).toMatchObject({ trend: 'rising' })
    expect(tone.dissatisfaction?.estimate).toBeGreaterThan(40)
    expect(tone.dissatisfaction?.points).toHaveLength(2)
    expect([...told(elin.person), ...told(marta.person)]).toEqual([])
    for (const person of [elin.person, marta.person])
      expect(await person.refusal('viewTone', { conversationId })).toEqual({ code: 'notAllowed' })
  })

  it('is known to an open board, and to reviews as a mean', async () => {
    const { daniel, ines, marta } = everybody
    const conversationId = await chat()
    await ines.person.ask('listBoard', { isLive: true })
    await says(marta.person, conversationId, 'Thank you so much, lovely!')
    await waitFor(() => told(ines.person).some((tone) => tone.conversationId === conversationId))
    await waitForTones(conversationId, 2)
    const { siteId } = await daniel.person.ask('describeMe', {})
    const means = await meanTones(site.world.parts.database, siteId, [conversationId])
    expect(means.get(conversationId)).toBeGreaterThan(0.7)
    expect((await meanTones(site.world.parts.database, 'elsewhere', [conversationId])).size).toBe(0)
  })

  it('moves a conversation up the board, before one that is calm and longer waited for', async () => {
    const { daniel, marta, omar } = everybody
    const { conversationId: calm } = await omar.person.ask('startConversation', {
      requestId: requestId(),
      with: { kind: 'vendor', vendorId: 'ven_nordvik' },
      answers: { description: 'Is it solid oak?' },
    })
    const upset = await chat()
    await says(marta.person, upset, 'This is a scam! I want my money back NOW!!!')
    await waitForTones(upset, 2)
    await waitForTones(calm, 1)
    const { rows } = await daniel.person.ask('listBoard', { limit: 500 })
    const at = (id: string) => rows.findIndex(({ conversationId }) => conversationId === id)
    expect(at(upset)).toBeLessThan(at(calm))
    expect(rows[at(upset)]?.need.dissatisfaction?.estimate).toBeGreaterThan(40)
    expect(rows[at(calm)]?.need.dissatisfaction?.estimate).toBeLessThan(20)
    const { cursor } = await daniel.person.ask('listBoard', { limit: 1 })
    const rest = await daniel.person.ask('listBoard', { limit: 500, ...(cursor === null ? {} : { cursor }) })
    const ids = (page: typeof rows) => page.map(({ conversationId }) => conversationId)
    expect(ids(rest.rows)).toEqual(ids(rows).slice(1))
  })

  it('misses nothing that was written while nobody read, and is the same when read twice', async () => {
    const { marta } = everybody
    const conversationId = await chat()
    await waitForTones(conversationId, 1)
    for (const text of ['Hello?', 'Where is my order', 'Where is my order', 'WHERE IS MY ORDER!!!'])
      await says(marta.person, conversationId, text)
    await site.restart()
    const tone = await waitForTones(conversationId, 5)
    expect(tone.dissatisfaction?.points).toHaveLength(5)
    const { database } = site.world.parts
    await waitFor(async () => (await unreadStretch(database)) === undefined)
    const rows = () =>
      database.query('select * from conversation_tones where conversation_id = $1', [conversationId])
    const before = await rows()
    await database.query(`update tone_cursor set read_to = '0'`)
    await says(marta.person, await chat(), 'One more question')
    await waitFor(async () => (await unreadStretch(database)) === undefined)
    expect(await rows()).toEqual(before)
  })

  it('is read once when several nodes look at the same time', async () => {
    const { parts } = site.world
    const conversationId = await chat()
    await waitForTones(conversationId, 1)
    const news: string[] = []
    const nodes = ['node_two', 'node_three'].map((nodeId) =>
      followTone(
        parts,
        { onCommitted() {} },
        {
          nodeId,
          provider: builtInTone,
          tell: (_, tone) => news.push(...tone.messages.map((one) => one.messageId)),
        },
      ),
    )
    for (const node of nodes) node.start()
    for (let index = 0; index < 5; index += 1)
      await says(everybody.marta.person, conversationId, `Message ${index}`)
    const tone = await waitForTones(conversationId, 6)
    for (const node of nodes) await node.stop()
    expect(tone.dissatisfaction?.points).toHaveLength(6)
    expect(new Set(news).size).toBe(news.length)
  })

  it('is read on at once by another node when the one that reads is stopped', async () => {
    const { parts } = site.world
    const conversationId = await chat()
    await waitForTones(conversationId, 1)
    await waitFor(async () => (await unreadStretch(parts.database)) === undefined)
    const now = parts.clock.now()
    await waitFor(() => leaseReading(parts.database, 'node_two', now, new Date(now.getTime() + 30_000)))
    let goOn = () => {}
    const held = new Promise<void>((resolve) => {
      goOn = resolve
    })
    let isReading = false
    const node = followTone(
      parts,
      { onCommitted() {} },
      {
        nodeId: 'node_two',
        provider: {
          ...builtInTone,
          async toneOf(text) {
            isReading = true
            await held
            return builtInTone.toneOf(text)
          },
        },
        tell() {},
      },
    )
    await says(everybody.marta.person, conversationId, 'Is it still coming?')
    node.start()
    await waitFor(() => isReading)
    await says(everybody.marta.person, conversationId, 'And the lid?')
    const stopped = node.stop()
    goOn()
    await stopped
    await waitForTones(conversationId, 3)
  })

  it('holds no word of what was written', async () => {
    const { database } = site.world.parts
    const conversationId = await chat()
    await says(everybody.marta.person, conversationId, 'A canary sings of refunds, what a disgrace')
    await waitForTones(conversationId, 2)
    const rows = await database.query('select * from conversation_tones, message_tones')
    expect(rows.length).toBeGreaterThan(0)
    expect(JSON.stringify(rows)).not.toMatch(/canary|refund|disgrace/i)
  })
})

describe('a site’s own model', () => {
  it.each([
    ['is asked instead', async () => ({ level: 'upset', strength: 0.9, reasons: ['model'] }) as const, 'own'],
    ['that fails is replaced by what is built in', () => Promise.reject(new Error('away')), 'built-in'],
    ['that answers nonsense is too', async () => ({ level: 'furious' }) as never, 'built-in'],
    ['that never answers is too', () => new Promise<never>(() => {}), 'built-in'],
  ] satisfies [string, ToneProvider['toneOf'], string][])('%s', async (_, toneOf, judgedBy) => {
    const judged = await toneWithin({ name: 'own', toneOf }, 'Is it oven-proof?')
    expect(judged.judgedBy).toBe(judgedBy)
    expect(judged.tone.level).toBe(judgedBy === 'own' ? 'upset' : 'calm')
  })
})
