import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible'
import { networkOf } from '../../app/limits.ts'
import { Refused } from '../../app/refused.ts'
import type { LimiterStore } from './attempts.ts'

/** An office that joins in one morning passes; who tries tokens does not, whether or not they open anything. */
const budget = { points: 20, duration: 3_600 }

/** How often one network may ask for new links, counted before anything is looked up. */
export function createRenewalLimit(
  store: LimiterStore = (options) => new RateLimiterMemory(options),
): (ip: string) => Promise<void> {
  const asked = store({ keyPrefix: 'renewals', ...budget })
  return async (ip) => {
    try {
      await asked.consume(networkOf(ip))
    } catch (spent) {
      if (spent instanceof Error) throw spent
      const retryAfterMs = (spent as RateLimiterRes).msBeforeNext
      throw new Refused('rateLimited', 'limit.renewals', { retryAfterMs })
    }
  }
}
