import type { CommandName } from '@parley/shared/protocol/commands.ts'
import type { WireEvent } from '@parley/shared/protocol/events.ts'
import type { Marlow, Person } from './marlow.ts'

/** How many requests somebody keeps under way at any time. */
const workers = 20

export interface Flight {
  /** When each request that succeeded had started, and each event had come. */
  successes: number[]
  events: number[]
  /** Ends when every worker has. */
  land(): Promise<void>
}

/** Somebody who never stops: 20 requests under way by socket and HTTP, on however many sockets are given. */
export function takeOff(
  site: Marlow,
  sockets: readonly Person[],
  headers: Record<string, string>,
  conversationId: string,
): Flight {
  const successes: number[] = []
  const events: number[] = []
  let isLanding = false
  let giveUp: () => void = () => {}
  const givenUp = new Promise<false>((resolve) => {
    giveUp = () => resolve(false)
  })
  for (const { connection } of sockets) {
    connection.on('event', (event: WireEvent) => {
      if (event.conversationId === conversationId) events.push(performance.now())
    })
    connection.openConversation(conversationId)
  }

  async function byHttp(name: CommandName, wish: object): Promise<boolean> {
    const response = await fetch(`${site.url}/api/v1/commands/${name}`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(wish),
    })
    await response.arrayBuffer()
    return response.ok
  }

  async function work(worker: number): Promise<void> {
    for (let turn = 0; !isLanding; turn += 1) {
      const startedAt = performance.now()
      const { connection } = sockets[worker % sockets.length] as Person
      const asked: Promise<boolean> =
        worker % 4 === 0
          ? byHttp('readConversation', { conversationId, limit: 5 })
          : worker === 1
            ? byHttp('sendMessage', { requestId: `flight-${worker}-${turn}`, conversationId, text: 'mine' })
            : connection
                .ask(worker % 4 === 1 ? 'markConversation' : 'readConversation', { conversationId })
                .then(({ ok }) => ok)
      if (await Promise.race([asked, givenUp])) successes.push(startedAt)
      await new Promise((resolve) => setTimeout(resolve, 40))
    }
  }
  const all = Array.from({ length: workers }, (_, worker) => work(worker))

  return {
    successes,
    events,
    async land() {
      isLanding = true
      giveUp()
      await Promise.all(all)
    },
  }
}
