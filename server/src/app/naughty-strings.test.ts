import type { WireEvent } from '@parley/shared/protocol/events.ts'
import type { EventPage } from '@parley/shared/protocol/reading.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { marlow } from '../demo/cast.ts'
import { expectFoldToMatchStore } from '../testing/fold-matches-store.ts'
import { type Marlow, type Person, startMarlow } from '../testing/marlow.ts'
import { naughtyStrings } from '../testing/naughty-strings.ts'
import { engines } from '../testing/site-world.ts'
import { waitFor } from '../testing/wait-for.ts'

const texts = (events: readonly WireEvent[]) =>
  events.flatMap((event) => (event.type === 'messageSent' ? [event.payload.text] : []))

describe.each(engines)('every text that somebody may send comes back byte for byte on %s', (engine) => {
  let site: Marlow
  let visitor: Person & { visitorToken: string }
  let priya: Person
  beforeAll(async () => {
    site = await startMarlow(engine, { RATE_LIMIT_FACTOR: '1000000' })
    visitor = await site.visitor()
    priya = await site.member('priya')
  })
  afterAll(() => site?.close())

  async function begin(requestId: string): Promise<string> {
    const { conversationId } = await visitor.ask('startConversation', {
      requestId,
      with: { kind: 'support' },
      answers: { role: 'buyer', name: 'N', topic: 'product', description: 'first' },
    })
    await priya.ask('takeConversation', { requestId: `take-${requestId}`, conversationId })
    return conversationId
  }

  async function post<Value>(command: string, wish: object, headers: Record<string, string>): Promise<Value> {
    const response = await fetch(`${site.url}/api/v1/commands/${command}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(wish),
    })
    if (!response.ok) throw new Error(await response.text())
    return (await response.json()) as Value
  }

  const asVisitor = () => ({ authorization: `Bearer ${visitor.visitorToken}`, 'parley-site': marlow.siteKey })
  const asPriya = async () => ({
    cookie: await site.cookie('priya'),
    origin: site.url,
    'parley-csrf': '1',
  })

  async function readOverHttp(conversationId: string): Promise<WireEvent[]> {
    const events: WireEvent[] = []
    for (let head = 1; events.length < head; ) {
      const wish = { conversationId, after: events.length }
      const page = await post<EventPage>('readConversation', wish, await asPriya())
      expect(page.events.length).toBeGreaterThan(0)
      events.push(...page.events)
      head = page.head
    }
    return events
  }

  /** What the other side sees live, what it reads over HTTP, and what lies in the rows. */
  async function expectEverywhere(conversationId: string, sent: readonly string[]): Promise<void> {
    const [mine, theirs] = [visitor.open(conversationId), priya.open(conversationId)]
    for (const feed of [mine, theirs]) {
      await waitFor(async () => {
        if (!feed.get().isComplete) await feed.loadEarlier()
        return feed.get().isComplete && texts(feed.get().events).length === sent.length + 1
      }, 30_000)
      expect(texts(feed.get().events).slice(1)).toEqual(sent)
    }
    expect(texts(await readOverHttp(conversationId)).slice(1)).toEqual(sent)
    const rows = await site.world.parts.database.query<{ text: string; bytes: number }>(
      `select payload->>'text' as text, octet_length(payload->>'text') as bytes from events
       where conversation_id = $1 and type = 'messageSent' order by seq offset 1`,
      [conversationId],
    )
    expect(rows.map(({ text }) => text)).toEqual(sent)
    expect(rows.map(({ bytes }) => Number(bytes))).toEqual(sent.map((text) => Buffer.byteLength(text)))
    await expectFoldToMatchStore(site, conversationId, [
      { reader: 'customer', feed: mine },
      { reader: 'staff', feed: theirs },
    ])
    for (const feed of [mine, theirs]) feed.close()
  }

  it('asserts its own premise: there are many, all different', () => {
    expect(new Set(naughtyStrings).size).toBe(naughtyStrings.length)
    expect(naughtyStrings.length).toBeGreaterThanOrEqual(60)
  })

  it('through the socket, from both sides', async () => {
    const conversationId = await begin('naughty-socket')
    const mine = visitor.open(conversationId)
    for (const text of naughtyStrings) mine.send(text)
    await waitFor(() => mine.get().pending.length === 0, 30_000)
    const theirs = priya.open(conversationId)
    for (const text of naughtyStrings) theirs.send(text)
    await waitFor(() => theirs.get().pending.length === 0, 30_000)
    await expectEverywhere(conversationId, [...naughtyStrings, ...naughtyStrings])
  }, 90_000)

  it('through HTTP, from both sides', async () => {
    const conversationId = await begin('naughty-http')
    for (const [index, text] of naughtyStrings.entries())
      await post('sendMessage', { requestId: `naughty-v-${index}`, conversationId, text }, asVisitor())
    for (const [index, text] of naughtyStrings.entries())
      await post('sendMessage', { requestId: `naughty-p-${index}`, conversationId, text }, await asPriya())
    await expectEverywhere(conversationId, [...naughtyStrings, ...naughtyStrings])
  }, 90_000)

  it('in notes, and in the words of a rating', async () => {
    const conversationId = await begin('naughty-notes')
    for (const [index, text] of naughtyStrings.entries())
      await priya.ask('addNote', { requestId: `naughty-n-${index}`, conversationId, text })
    const events = await readOverHttp(conversationId)
    const notes = events.flatMap((event) => (event.type === 'noteAdded' ? [event.payload.text] : []))
    expect(notes).toEqual(naughtyStrings)
    await visitor.ask('closeConversation', { requestId: 'naughty-close', conversationId })
    const words = naughtyStrings.filter((text) => text.length <= 500).join('\n')
    const kept = [...words].slice(0, 1_500).join('').trim()
    await visitor.ask('rateConversation', {
      requestId: 'naughty-rate',
      conversationId,
      stars: 1,
      words: kept,
    })
    const { conversation } = await priya.ask('readConversation', { conversationId })
    expect(conversation.rating).toEqual({ stars: 1, words: kept })
  }, 90_000)

  it('except that line breaks become one kind, before anything is stored', async () => {
    const conversationId = await begin('naughty-breaks')
    const wish = { requestId: 'breaks-01', conversationId, text: 'one\r\ntwo\rthree\nfour' }
    await visitor.ask('sendMessage', wish)
    await expectEverywhere(conversationId, ['one\ntwo\nthree\nfour'])
  })
})
