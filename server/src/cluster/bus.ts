import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { createShardedAdapter } from '@socket.io/redis-adapter'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import type { Random } from '../random.ts'
import { type CounterStore, redisCounters } from './counters.ts'
import { createLink, type RedisClient } from './link.ts'

/** How long a start waits for Redis before it goes on without. */
const firstConnectionMs = 2_000

/** What nodes tell each other at once. Only hints and counters: whatever must not be lost is in the database. */
export interface Bus {
  state(): 'off' | 'connected' | 'unreachable'
  /** Carries Socket.IO between nodes; absent when there is one node. */
  adapter: ReturnType<typeof createShardedAdapter> | undefined
  /** Counts that all nodes share; absent when there is one node. */
  counters: CounterStore | undefined
  /** Never fails: without Redis the start goes on, and the connection is made when it can be. */
  open(): Promise<void>
  close(): Promise<void>
}

interface BusParts {
  config: Pick<Config, 'redisUrl' | 'secretKey'>
  logger: Logger
  random: Random
}

export function createBus({ config, logger, random }: BusParts): Bus {
  const { redisUrl: url, secretKey } = config
  if (url === undefined)
    return { state: () => 'off', adapter: undefined, counters: undefined, async open() {}, async close() {} }

  // Two installations may share one Redis: the key they do not share keeps them apart.
  const name = `parley-${createHash('sha256').update(secretKey).digest('hex').slice(0, 12)}`
  const subscriptions: ((client: RedisClient) => Promise<unknown>)[] = []
  let wasUp = false
  let isTold = false

  const events = { onUp: weigh, onDown: (why: unknown) => weigh(why) }
  /** Where it is a cluster, what is published in a shard stays there. All nodes ask the same server, so all do the same. */
  const shards = new WeakSet<RedisClient>()
  async function learn(client: RedisClient): Promise<void> {
    const [known] = (await client.sendCommand(['COMMAND', 'INFO', 'SPUBLISH'])) as unknown as [unknown]
    if (known) shards.add(client)
  }
  const commands = createLink({ url, random, prepare: learn, ...events })
  const subscriber = createLink({
    url,
    random,
    async prepare(client) {
      await learn(client)
      await Promise.all(subscriptions.map((subscribe) => subscribe(client)))
    },
    ...events,
  })
  const isUp = () => commands.client() !== undefined && subscriber.client() !== undefined

  function weigh(why?: unknown): void {
    if (isUp() && !wasUp) logger.info('Redis is connected: hints and counts are shared between nodes.')
    if (!isUp() && (wasUp || (why !== undefined && !isTold)))
      logger.error(
        { err: why },
        'Redis cannot be reached. Messages are stored and delivered all the same, up to a few seconds later between nodes, and each node counts limits for itself. Parley tries again by itself; look at Redis and REDIS_URL.',
      )
    isTold ||= why !== undefined
    wasUp = isUp()
  }

  type Listener = (message: Buffer, channel: Buffer) => unknown

  /** What a message from another node makes of us must not break the connection it came by. */
  function guarded(listener: Listener): Listener {
    return (message, channel) => {
      Promise.resolve()
        .then(() => listener(message, channel))
        .catch((error) => logger.warn({ err: error }, 'A hint of another node could not be used.'))
    }
  }

  // The adapter neither waits nor catches: it gets doors that cannot fail, and a lost hint is only a lost hint.
  const publishing = {
    // By this the adapter knows the kind of client.
    async sSubscribe() {},
    async sPublish(channel: string, message: Buffer | string): Promise<void> {
      const client = commands.client()
      const sent =
        client && (shards.has(client) ? client.sPublish(channel, message) : client.publish(channel, message))
      sent?.catch(() => {})
    },
  }
  const subscribing = {
    async sSubscribe(channel: string, listener: Listener) {
      const heard = guarded(listener)
      subscriptions.push((client) =>
        shards.has(client) ? client.sSubscribe(channel, heard, true) : client.subscribe(channel, heard, true),
      )
    },
    async sUnsubscribe() {},
  }

  return {
    state: () => (isUp() ? 'connected' : 'unreachable'),
    adapter: createShardedAdapter(publishing, subscribing, {
      channelPrefix: name,
      subscriptionMode: 'static',
    }),
    counters: redisCounters(commands, name, secretKey),
    async open() {
      subscriber.open()
      commands.open()
      const until = performance.now() + firstConnectionMs
      while (!isUp() && performance.now() < until) await pause(10)
    },
    async close() {
      // Who no longer listens may still speak: the last announcements go out.
      await subscriber.close()
      await commands.close()
    },
  }
}
