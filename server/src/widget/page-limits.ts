import { RateLimiterMemory } from 'rate-limiter-flexible'
import { networkOf } from '../app/limits.ts'

/** Of one address in a minute: many people can share it, and one page tells once and asks seldom. */
const budgets = { telling: 120, asking: 240 } as const

/** Counted by this node alone: what gets through in excess is a count, never a right. */
export function createPageLimits(
  factor: number,
): (what: keyof typeof budgets, ip: string) => Promise<boolean> {
  const limiters = Object.fromEntries(
    Object.entries(budgets).map(([name, points]) => [
      name,
      new RateLimiterMemory({ keyPrefix: name, points: Math.ceil(points * factor), duration: 60 }),
    ]),
  )
  return async (what, ip) => {
    try {
      await limiters[what]?.consume(networkOf(ip))
      return true
    } catch {
      return false
    }
  }
}
