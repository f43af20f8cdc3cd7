import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Hello } from '../protocol/wire.ts'
import { createConnection } from './connection.ts'
import { createConversations } from './conversations.ts'
import { createLink } from './link.ts'
import type { Auth, WireSocket } from './socket.ts'
import { conversationId, FakeServer, fairWeather, marta, priya } from './testing/fake-server.ts'
import { memoryStore } from './testing/memory-store.ts'

const hello = () => ({ kind: 'member', protocol: 1, ticket: 't' }) as const

function connect(server: FakeServer, store = memoryStore()) {
  return createConnection({
    openSocket: server.open,
    hello,
    store,
  })
}

const texts = (events: readonly { type: string; payload: unknown }[]) =>
  events
    .filter((event) => event.type === 'messageSent')
    .map((event) => (event.payload as { text: string }).text)

describe('the connection client', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('[C1] shows what was there, then what comes, in order', async () => {
    const server = new FakeServer()
    server.say(priya, 'one')
    const connection = connect(server)
    const feed = connection.openConversation(conversationId)
    await vi.advanceTimersByTimeAsync(100)
    server.say(priya, 'two')
    await vi.advanceTimersByTimeAsync(100)
    expect(texts(feed.get().events)).toEqual(['one', 'two'])
    expect(feed.get().isComplete).toBe(true)
    expect(feed.get().conversation?.lastMessage?.text).toBe('two')
    connection.close()
  })

  it('[C2] fills a hole by itself when a later event shows that one is missing', async () => {
    const server = new FakeServer()
    const connection = connect(server)
    const feed = connection.openConversation(conversationId)
    await vi.advanceTimersByTimeAsync(100)
    server.weather = { ...fairWeather, losesEvent: () => true }
    server.say(priya, 'lost on the way')
    server.weather = fairWeather
    server.say(priya, 'arrives')
    await vi.advanceTimersByTimeAsync(2_000)
    expect(texts(feed.get().events)).toEqual(['lost on the way', 'arrives'])
    connection.close()
  })

  it('[C3] learns of a lost last event from its own periodic check', async () => {
    const server = new FakeServer()
    const connection = connect(server)
    const feed = connection.openConversation(conversationId)
    await vi.advanceTimersByTimeAsync(100)
    server.weather = { ...fairWeather, losesEvent: () => true }
    server.say(priya, 'nothing follows this')
    await vi.advanceTimersByTimeAsync(31_000)
    expect(texts(feed.get().events)).toEqual(['nothing follows this'])
    connection.close()
  })

  it('[C4] keeps what could not be sent and sends it once, in order, when the network is back', async () => {
    const server = new FakeServer()
    const connection = connect(server)
    const feed = connection.openConversation(conversationId)
    await vi.advanceTimersByTimeAsync(100)
    server.cut()
    feed.send('first')
    feed.send('second')
    expect(feed.get().pending.map((message) => message.state)).toEqual(['waiting', 'waiting'])
    await vi.advanceTimersByTimeAsync(5_000)
    expect(server.received).toEqual([])
    server.restore()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(server.received).toEqual(['first', 'second'])
    expect(feed.get().pending).toEqual([])
    connection.close()
  })

  it('[C5] sends what a closed page left behind, and never as somebody else', async () => {
    const server = new FakeServer()
    const store = memoryStore()
    const first = connect(server, store)
    const feed = first.openConversation(conversationId)
    await vi.advanceTimersByTimeAsync(100)
    server.cut()
    feed.send('written before the reload')
    first.close()
    store.put('con_somebody_else', {
      requestId: 'foreign-request-1',
      conversationId,
      text: 'not yours',
      files: [],
      at: '2026-11-22T10:00:00.000Z',
      state: 'waiting',
    })
    const second = connect(server, store)
    second.openConversation(conversationId)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(server.received).toEqual(['written before the reload'])
    expect([...store.kept.keys()]).toEqual(['con_somebody_else foreign-request-1'])
    second.close()
  })

  it('[C6] marks a definite refusal on its message, keeps the text, and lets later ones go', async () => {
    const server = new FakeServer()
    const connection = connect(server)
    const feed = connection.openConversation(conversationId)
    await vi.advanceTimersByTimeAsync(100)
    server.refuseNext = { code: 'invalid', reason: 'text.tooLong' }
    feed.send('refused')
    feed.send('accepted')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(server.received).toEqual(['accepted'])
    expect(feed.get().pending).toMatchObject([
      { text: 'refused', state: 'refused', refusal: { reason: 'text.tooLong' } },
    ])
    feed.retry(feed.get().pending[0]?.requestId ?? '')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(server.received).toEqual(['accepted', 'refused'])
    expect(feed.get().pending).toEqual([])
    connection.close()
  })

  it('[C7] ends complete, in order and once, whatever is lost, doubled, delayed or cut on the way', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 60, maxLength: 60 }),
        fc.array(fc.constantFrom('mine', 'theirs', 'cut', 'restore', 'wait'), {
          minLength: 10,
          maxLength: 60,
        }),
        async (dice, acts) => {
          let turn = 0
          const roll = (percent: number) => {
            turn += 1
            return (dice[turn % dice.length] ?? 0) < percent
          }
          const server = new FakeServer()
          const connection = connect(server)
          const feed = connection.openConversation(conversationId)
          await vi.advanceTimersByTimeAsync(50)
          server.weather = {
            losesWish: () => roll(15),
            losesAnswer: () => roll(15),
            losesEvent: () => roll(25),
            doublesEvent: () => roll(15),
            delayMs() {
              turn += 1
              return (dice[turn % dice.length] ?? 0) * 3
            },
          }
          const mine: string[] = []
          for (const [index, act] of acts.entries()) {
            if (act === 'mine') {
              mine.push(`mine ${index}`)
              feed.send(`mine ${index}`)
            }
            if (act === 'theirs') server.say(priya, `theirs ${index}`)
            if (act === 'cut') server.cut()
            if (act === 'restore') server.restore()
            await vi.advanceTimersByTimeAsync(act === 'wait' ? 400 : 20)
          }
          server.weather = fairWeather
          server.cut()
          server.restore()
          await vi.advanceTimersByTimeAsync(90_000)
          expect(feed.get().events).toEqual(server.events)
          expect(feed.get().pending).toEqual([])
          expect(server.received).toEqual(mine)
          connection.close()
        },
      ),
      { numRuns: 40 },
    )
  }, 60_000)

  it('[C8] leaves no timer behind when it is closed', async () => {
    const server = new FakeServer()
    const connection = connect(server)
    connection.openConversation(conversationId)
    await vi.advanceTimersByTimeAsync(100)
    connection.close()
    await vi.advanceTimersByTimeAsync(100)
    expect(vi.getTimerCount()).toBe(0)
    expect(connection.openConversation(conversationId).get().events).toEqual([])
  })

  it('[C9] sends what an earlier page left behind before what is written while the new one connects', async () => {
    const server = new FakeServer()
    const store = memoryStore()
    const first = connect(server, store)
    const before = first.openConversation(conversationId)
    await vi.advanceTimersByTimeAsync(100)
    server.cut()
    before.send('one')
    before.send('two')
    first.close()
    const second = connect(server, store)
    second.openConversation(conversationId).send('three')
    await vi.advanceTimersByTimeAsync(5_000)
    expect(server.received).toEqual(['one', 'two', 'three'])
    expect(store.kept.size).toBe(0)
    second.close()
  })

  it('[C10] keeps what is written before the first welcome, however often the page is loaded again', async () => {
    const server = new FakeServer()
    const store = memoryStore()
    for (const text of ['one', 'two', 'three']) {
      const page = connect(server, store)
      page.openConversation(conversationId).send(text)
      page.close()
    }
    const last = connect(server, store)
    const feed = last.openConversation(conversationId)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(server.received).toEqual(['one', 'two', 'three'])
    expect(feed.get().pending).toEqual([])
    expect(store.kept.size).toBe(0)
    last.close()
  })

  it('[C11] lets go of a kept message that was stored long before the part that is shown', async () => {
    const server = new FakeServer()
    const store = memoryStore()
    const requestId = 'sent-by-an-earlier-page'
    const { at } = server.say(marta, 'stored, but never acknowledged', requestId)
    for (let count = 0; count < 100; count += 1) server.say(priya, `later ${count}`)
    const text = 'stored, but never acknowledged'
    store.put(marta.id, { requestId, conversationId, text, files: [], at, state: 'sending' })
    const connection = connect(server, store)
    const feed = connection.openConversation(conversationId)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(feed.get().isComplete).toBe(false)
    expect(feed.get().pending).toEqual([])
    expect(server.received).toEqual([])
    connection.close()
  })

  it('[C12] believes a server that holds less than before, as after a backup was restored', async () => {
    const server = new FakeServer()
    for (const text of ['one', 'two', 'three']) server.say(priya, text)
    const connection = connect(server)
    const feed = connection.openConversation(conversationId)
    await vi.advanceTimersByTimeAsync(100)
    expect(texts(feed.get().events)).toEqual(['one', 'two', 'three'])
    server.cut()
    server.goBackTo(2)
    server.restore()
    await vi.advanceTimersByTimeAsync(1_000)
    server.say(priya, 'another two')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(texts(feed.get().events)).toEqual(['one', 'another two'])
    expect(feed.get().events.map(({ position }) => position)).toEqual([1, 2, 3])
    connection.close()
  })

  it('opens conversations over a link that has been online for a while, and sends what an earlier page left', async () => {
    const server = new FakeServer()
    server.say(priya, 'said before')
    const store = memoryStore()
    const at = new Date().toISOString()
    store.put(marta.id, {
      requestId: 'left',
      conversationId,
      text: 'left behind',
      files: [],
      at,
      state: 'waiting',
    })
    const link = createLink({ openSocket: server.open, hello })
    await vi.advanceTimersByTimeAsync(5_000)
    server.say(priya, 'said meanwhile')
    const { openConversation } = createConversations(link, store)
    const feed = openConversation(conversationId)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(texts(feed.get().events)).toEqual(['said before', 'said meanwhile', 'left behind'])
    server.cut()
    server.restore()
    await vi.advanceTimersByTimeAsync(1_000)
    server.say(priya, 'said after')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(texts(feed.get().events)).toEqual(['said before', 'said meanwhile', 'left behind', 'said after'])
    link.close()
  })

  it('never says a hello that was still being made when the connection was begun anew', async () => {
    const asked: Auth[] = []
    const socket: WireSocket = {
      on: () => {},
      emit: () => {},
      connect: () => asked.at(-1)?.((said) => heard.push(said)),
      disconnect: () => {},
    }
    const heard: object[] = []
    const making: ((hello: Hello) => void)[] = []
    const link = createLink({
      openSocket(auth) {
        asked.push(auth)
        return socket
      },
      hello: () => new Promise((made) => making.push(made)),
    })
    await vi.waitFor(() => expect(making).toHaveLength(1))
    link.reconnect()
    const [late, wanted] = making
    wanted?.({ ...hello(), ticket: 'wanted' })
    late?.({ ...hello(), ticket: 'late' })
    await vi.advanceTimersByTimeAsync(100)
    expect(heard).toEqual([{ ...hello(), ticket: 'wanted' }])
    link.close()
  })

  it('gives the sender its own message back by the request it made', async () => {
    const server = new FakeServer()
    const connection = connect(server)
    const feed = connection.openConversation(conversationId)
    await vi.advanceTimersByTimeAsync(100)
    feed.send('hello')
    await vi.advanceTimersByTimeAsync(100)
    expect(feed.get().events.at(-1)).toMatchObject({ by: marta, payload: { text: 'hello' } })
    connection.close()
  })
})
