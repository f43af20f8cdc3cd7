import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible'
import { Refused } from '../app/refused.ts'
import type { CounterStore } from '../cluster/index.ts'

/** So many in a time for each key, over all nodes where they share a counter; one more is told when to come again. */
export function createCount(
  name: string,
  budget: { points: number; seconds: number },
  counters: CounterStore = (options) => new RateLimiterMemory(options),
): (key: string) => Promise<void> {
  const limiter = counters({
    keyPrefix: name,
    points: Math.ceil(budget.points),
    duration: budget.seconds,
  })
  return async (key) => {
    try {
      await limiter.consume(key)
    } catch (spent) {
      if (spent instanceof Error) throw spent
      const retryAfterMs = (spent as RateLimiterRes).msBeforeNext
      throw new Refused('rateLimited', `limit.${name}`, { retryAfterMs })
    }
  }
}
