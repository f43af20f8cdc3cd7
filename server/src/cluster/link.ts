import { setTimeout as pause } from 'node:timers/promises'
import type { Random } from '../random.ts'
import { within } from './within.ts'

const connectMs = 1_500
/** A connection whose packets are swallowed looks healthy for a quarter of an hour unless somebody asks. */
const beatMs = 1_000
const beatPatienceMs = 1_000
const mostMissed = 2
/** Short, so that hints are quick again within a second of Redis coming back. */
const longestPauseMs = 800
/** Commands waiting for an answer: past this they are refused, so that a slow Redis cannot fill the memory. */
const mostWaiting = 4_000
const closeMs = 1_000

/** Loaded by those who have a Redis: it is a fifth of what a start loads. */
async function clientOf(url: string) {
  const { createClient } = await import('redis')
  return createClient({
    url,
    disableOfflineQueue: true,
    commandsQueueMaxLength: mostWaiting,
    commandOptions: { timeout: 0 },
    socket: { connectTimeout: connectMs, reconnectStrategy: false },
  })
}

export type RedisClient = Awaited<ReturnType<typeof clientOf>>

/** One connection to Redis, made anew for as long as it is wanted. Nobody waits for it: it is there, or it is not. */
export interface Link {
  open(): void
  /** Nothing while there is no connection: what cannot be sent now is dropped, never queued. */
  client(): RedisClient | undefined
  close(): Promise<void>
}

export interface LinkOptions {
  url: string
  random: Random
  /** Part of connecting: a connection that cannot be prepared is given up. */
  prepare?(client: RedisClient): Promise<unknown>
  onUp(): void
  onDown(why: unknown): void
}

export function createLink({ url, random, prepare, onUp, onDown }: LinkOptions): Link {
  const unwanted = new AbortController()
  const { signal } = unwanted
  const untilUnwanted = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
  let current: RedisClient | undefined
  let life: Promise<void> | undefined

  // Each connection is a client of its own: after a loss nothing of the old one can answer, hang or come back.
  async function live(): Promise<void> {
    for (let failures = 0; !signal.aborted; failures += 1) {
      const client = await clientOf(url)
      const broken = new Promise<unknown>((resolve) => client.on('error', resolve))
      try {
        await within(connectMs, client.connect())
        if (prepare) await within(connectMs, prepare(client))
        failures = 0
        current = client
        onUp()
        const why = await Promise.race([broken, silence(client), untilUnwanted])
        current = undefined
        if (signal.aborted) await within(closeMs, client.close())
        else onDown(why)
      } catch (error) {
        current = undefined
        if (!signal.aborted) onDown(error)
      } finally {
        client.destroy()
      }
      const longest = Math.min(longestPauseMs, 50 * 2 ** failures)
      await pause(longest * (0.5 + 0.5 * random.fraction()), undefined, { signal }).catch(() => {})
    }
  }

  async function silence(client: RedisClient): Promise<unknown> {
    let missed = 0
    while (missed < mostMissed && client.isOpen && !signal.aborted) {
      await pause(beatMs, undefined, { signal }).catch(() => {})
      missed = await within(beatPatienceMs, client.ping()).then(
        () => 0,
        () => missed + 1,
      )
    }
    return new Error('Redis does not answer.')
  }

  return {
    open() {
      life ??= live()
    },
    client: () => (current?.isReady ? current : undefined),
    async close() {
      unwanted.abort()
      await life
    },
  }
}
