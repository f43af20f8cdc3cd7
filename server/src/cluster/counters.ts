import { createHmac } from 'node:crypto'
import {
  type IRateLimiterOptions,
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterRedis,
} from 'rate-limiter-flexible'
import type { Link } from './link.ts'
import { within } from './within.ts'

/** Makes one kind of counter. Without Redis the counts of this node go on alone. */
export type CounterStore = (options: IRateLimiterOptions) => RateLimiterAbstract

/** Somebody waits for these answers. */
const patienceMs = 500
/** After an answer that did not come nobody asks for a while: one slow Redis must not cost every caller its patience. */
const restMs = 2_000

export function redisCounters(link: Link, name: string, secretKey: Uint8Array): CounterStore {
  const storeClient = patientClient(link)
  return (options) => {
    const prefix = `${name}:${options.keyPrefix ?? 'count'}`
    const limiter = new RateLimiterRedis({
      ...options,
      storeClient,
      useRedisPackage: true,
      rejectIfRedisNotReady: true,
      insuranceLimiter: new RateLimiterMemory(options),
    })
    // Whom it counts are addresses and names of accounts: they are nobody's business who looks into Redis.
    const getKey = (key: string | number) => `${prefix}:${digest(String(key), secretKey)}`
    return Object.assign(limiter, { getKey })
  }
}

function digest(text: string, secretKey: Uint8Array): string {
  return createHmac('sha256', secretKey).update(text).digest('base64url').slice(0, 22)
}

/** As much of a Redis client as the limiter uses, whose every answer comes soon or fails. */
function patientClient(link: Link) {
  let restsUntil = 0

  async function ask<Value>(work: Promise<Value> | undefined): Promise<Value> {
    if (!work) throw new Error('There is no connection to Redis.')
    try {
      return await within(patienceMs, work)
    } catch (error) {
      restsUntil = performance.now() + restMs
      throw error
    }
  }

  const ready = () => (performance.now() < restsUntil ? undefined : link.client())
  return {
    get isReady() {
      return ready() !== undefined
    },
    eval: (script: string, call: { keys: string[]; arguments: string[] }) => ask(ready()?.eval(script, call)),
    del: (key: string) => ask(ready()?.del(key)),
    multi() {
      const client = ready()
      if (!client) throw new Error('There is no connection to Redis.')
      const multi = client.multi()
      const exec = multi.exec.bind(multi)
      return Object.assign(multi, { exec: (asPipeline?: boolean) => ask(exec(asPipeline)) })
    },
  }
}
