import { type Connection, createConnection } from '@parley/shared/client/connection.ts'
import type { ConversationFeed, FeedView } from '@parley/shared/client/feed.ts'
import type { OutboxStore } from '@parley/shared/client/outbox.ts'
import { newRequestId } from '@parley/shared/client/request-id.ts'
import type { WireSocket } from '@parley/shared/client/socket.ts'
import { memoryStore } from '@parley/shared/client/testing/memory-store.ts'
import type { CommandAnswer } from '@parley/shared/protocol/answers.ts'
import type { CommandName, CommandWish } from '@parley/shared/protocol/commands.ts'
import { mayRetry } from '@parley/shared/protocol/refusals.ts'
import type { Hello } from '@parley/shared/protocol/wire.ts'
import { Manager } from 'socket.io-client'
import type { Tally } from './tally.ts'
import { tunnelThrough } from './tunnel.ts'

/** A place in one conversation that outlives reloads of the page it sits in. */
export interface Seat {
  view(): FeedView
  send(text: string): void
  /** The view in which the fact is seen; rejects when nothing has moved for too long. */
  until(isSeen: (view: FeedView) => boolean, patienceMs: number): Promise<FeedView>
  leave(): void
}

export interface Client {
  /** The answer, however often it has to be asked; a definite no throws. */
  ask<N extends CommandName>(name: N, wish: CommandWish<N>, patienceMs: number): Promise<CommandAnswer<N>>
  open(conversationId: string): Seat
  /** The page is loaded again: the connection is new, and only what was kept is left. */
  reload(): void
  close(): void
}

const retryMs = 300
/** Longer than any network's hiccup: the server's own limit for this address. */
const longestWaitMs = 60_000

export function createClient(options: {
  url: URL
  /** The bad network's port. */
  port: number
  hello: () => Hello | Promise<Hello>
  onWelcome?: (visitorToken: string | undefined) => void
  tally: Tally
}): Client {
  const { url, tally } = options
  const store: OutboxStore = memoryStore()
  const agent = tunnelThrough(url, options.port)
  const seats = new Set<{ sit(): void }>()
  let refused: string | null = null
  let connection = connect()

  function connect(): Connection {
    const made = createConnection({
      store,
      hello: options.hello,
      openSocket(auth) {
        const manager = new Manager(url.origin, {
          path: '/socket',
          transports: ['websocket'],
          autoConnect: false,
          reconnectionDelay: 100,
          reconnectionDelayMax: 1_000,
          timeout: 10_000,
          agent: agent as never,
        })
        return tally.watch(manager.socket('/', { auth }) as WireSocket)
      },
    })
    made.on('welcome', ({ visitorToken }) => options.onWelcome?.(visitorToken))
    made.on('refused', ({ reason }) => {
      refused = reason
    })
    return made
  }

  async function ask<N extends CommandName>(
    name: N,
    wish: CommandWish<N>,
    patienceMs: number,
  ): Promise<CommandAnswer<N>> {
    const lastAt = performance.now() + patienceMs
    for (;;) {
      const outcome = await connection.ask(name, wish)
      if (outcome.ok) return outcome.value
      if (refused) throw new Error(`The server refused the connection: ${refused}.`)
      const { code, reason = code, retryAfterMs = retryMs } = outcome.refusal
      if (!mayRetry(outcome.refusal)) throw new Error(`${name} was refused: ${reason}.`)
      if (retryAfterMs > longestWaitMs)
        throw new Error(
          `${name} was refused: ${reason}. Start that server with RATE_LIMIT_FACTOR=1000 for a replay.`,
        )
      if (performance.now() > lastAt) throw new Error(`${name} had no answer in time: ${reason}.`)
      tally.retries += 1
      await new Promise((resolve) => setTimeout(resolve, retryAfterMs))
    }
  }

  function open(conversationId: string): Seat {
    const listeners = new Set<() => void>()
    const tell = () => {
      for (const listener of listeners) listener()
    }
    let feed: ConversationFeed
    const seat = {
      sit() {
        const opened = connection.openConversation(conversationId)
        let isReading = false
        feed = opened
        opened.subscribe(() => {
          tell()
          const { isLoading, isComplete } = opened.get()
          if (isLoading || isComplete || isReading) return
          // A person who scrolls up: what is held must reach back to the first word to be compared.
          isReading = true
          void opened.loadEarlier().finally(() => {
            isReading = false
          })
        })
      },
    }
    seat.sit()
    seats.add(seat)

    function whyNot(patienceMs: number): string {
      const { events, pending, head, refusal } = feed.get()
      const held = `${events.length} of ${head} events held, ${pending.length} unsent, ${connection.state}`
      const refused = refusal ?? pending.find((message) => message.refusal)?.refusal
      const why = refused ? `, refused: ${refused.reason ?? refused.code}` : ''
      return `Nothing has moved for ${Math.round(patienceMs / 1000)} s (${held}${why}).`
    }

    function until(isSeen: (view: FeedView) => boolean, patienceMs: number): Promise<FeedView> {
      return new Promise((resolve, reject) => {
        const end = (finish: () => void) => {
          clearTimeout(timer)
          listeners.delete(look)
          finish()
        }
        const tired = () => end(() => reject(new Error(whyNot(patienceMs))))
        const look = () => {
          const view = feed.get()
          if (isSeen(view)) return end(() => resolve(view))
          clearTimeout(timer)
          timer = setTimeout(tired, patienceMs)
        }
        let timer = setTimeout(tired, patienceMs)
        listeners.add(look)
        look()
      })
    }

    return {
      view: () => feed.get(),
      send(text) {
        tally.sent += 1
        feed.send(text)
      },
      until,
      leave() {
        seats.delete(seat)
        feed.close()
      },
    }
  }

  return {
    ask,
    open,
    reload() {
      tally.reloads += 1
      connection.close()
      connection = connect()
      for (const seat of seats) seat.sit()
    },
    close() {
      connection.close()
      agent.destroy()
    },
  }
}

export const newWish = newRequestId
