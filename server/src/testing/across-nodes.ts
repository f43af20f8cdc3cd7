import type { ConversationFeed } from '@parley/shared/client/feed.ts'
import { type Cluster, startCluster } from './cluster.ts'
import type { Marlow, Person } from './marlow.ts'
import { findRedis } from './redis.ts'
import { waitFor } from './wait-for.ts'

export const hasRedis = findRedis() !== undefined
if (!hasRedis)
  process.stderr.write(
    '\nSKIPPED: nothing about several nodes is tested, because there is no redis-server.\n\n',
  )

/** Marta on one node and Priya, who answers her, on the other. */
export interface AcrossNodes extends Cluster {
  marta: Person
  priya: Person
  conversationId: string
  hers: ConversationFeed
  theirs: ConversationFeed
  /** Writes in their conversation; answers how long the acknowledgement took. */
  says(person: Person, text: string): Promise<number>
  /** Starts a conversation with support and waits until Priya, wherever she is, was asked to take it. */
  offeredToPriya(customer: Person, description: string): Promise<string>
  /** Both nodes have Redis. */
  connected(): Promise<unknown>
}

let requests = 0
export function requestId(): string {
  requests += 1
  return `request-${requests}`
}

export const texts = (feed: ConversationFeed) =>
  feed.get().events.flatMap((event) => (event.type === 'messageSent' ? [event.payload.text] : []))
export const shows = (feed: ConversationFeed, text: string) => texts(feed).includes(text)

/** Announced, not found by asking: a frame of its own carried it. */
export const heardLive = (person: Person, text: string) =>
  person.frames.some(({ name, values }) => name === 'event' && JSON.stringify(values).includes(text))

export const hints = (person: Person, name: string) =>
  person.frames.filter((frame) => frame.name === `hint:${name}`).map(({ values }) => values[0])

/** A stranger's conversation: of these a few are allowed. */
export const strangersBeginning = () => ({
  requestId: requestId(),
  with: { kind: 'support' as const },
  answers: { role: 'buyer', name: 'M', topic: 'product', description: 'Hello' },
})

export async function redisSeenBy(node: Marlow): Promise<string> {
  const response = await fetch(`${node.url}/readyz`)
  if (response.status !== 200) throw new Error(`Not ready: ${await response.text()}`)
  return ((await response.json()) as { redis: string }).redis
}

export async function startAcrossNodes(): Promise<AcrossNodes> {
  const cluster = await startCluster()
  const { a, b } = cluster
  const connected = () =>
    waitFor(
      async () => (await redisSeenBy(a)) === 'connected' && (await redisSeenBy(b)) === 'connected',
      10_000,
    )
  await connected()
  const marta = await a.buyer('marta')
  const priya = await b.member('priya')
  await priya.ask('setAvailability', { availability: 'available', capacity: 20 })

  async function offeredToPriya(customer: Person, description: string): Promise<string> {
    const started = await customer.ask('startConversation', {
      requestId: requestId(),
      with: { kind: 'support' },
      answers: { topic: 'payment', description },
    })
    await waitFor(() =>
      hints(priya, 'inbox').some((row) => {
        const shown = row as { conversationId: string; offer: { to: { memberId: string } } | null }
        return shown.conversationId === started.conversationId && shown.offer?.to.memberId === 'mem_priya'
      }),
    )
    return started.conversationId
  }

  const conversationId = await offeredToPriya(marta, 'A cup arrived broken')
  await priya.ask('acceptOffer', { requestId: requestId(), conversationId })
  const hers = marta.open(conversationId)
  const theirs = priya.open(conversationId)
  await waitFor(() => hers.get().isComplete && theirs.get().isComplete)
  return {
    ...cluster,
    marta,
    priya,
    conversationId,
    hers,
    theirs,
    connected,
    offeredToPriya,
    async says(person, text) {
      const from = performance.now()
      await person.ask('sendMessage', { requestId: requestId(), conversationId, text })
      return performance.now() - from
    },
  }
}
