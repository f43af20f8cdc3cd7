import { type Actor, actorIdOf } from '@parley/shared/people.ts'
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible'
import { Refused } from './refused.ts'
import type { Origin } from './site-command.ts'

interface Budget {
  points: number
  seconds: number
}

/** Start values; docs/security.md has the reasons. `sends` in pairs: a burst, and what can be kept up. */
const budgets = {
  visitorBurst: { points: 8, seconds: 5 },
  visitorMinute: { points: 40, seconds: 60 },
  vendorMinute: { points: 60, seconds: 60 },
  staffMinute: { points: 120, seconds: 60 },
  visitorStarts: { points: 3, seconds: 600 },
  addressStarts: { points: 20, seconds: 3_600 },
  visitorReads: { points: 240, seconds: 60 },
  memberReads: { points: 900, seconds: 60 },
} as const satisfies Record<string, Budget>
type BudgetName = keyof typeof budgets

export interface Limits {
  /** Throws `rateLimited` with the time after which the same wish may be repeated. */
  take(actor: Actor, origin: Origin, command: string, isRead: boolean): Promise<void>
}

/** `factor` multiplies every budget: for load tests and for sites behind one address. */
export function createLimits(factor: number): Limits {
  const limiters = new Map<BudgetName, RateLimiterMemory>()
  for (const [name, budget] of Object.entries(budgets))
    limiters.set(
      name as BudgetName,
      new RateLimiterMemory({ points: Math.ceil(budget.points * factor), duration: budget.seconds }),
    )

  async function spend(name: BudgetName, key: string): Promise<void> {
    try {
      await limiters.get(name)?.consume(key)
    } catch (spent) {
      if (spent instanceof Error) throw spent
      throw new Refused('rateLimited', `limit.${name}`, {
        retryAfterMs: (spent as RateLimiterRes).msBeforeNext,
      })
    }
  }

  return {
    async take(actor, origin, command, isRead) {
      if (actor.kind === 'system') return
      const key = actorIdOf(actor)
      if (isRead) return spend(actor.kind === 'customer' ? 'visitorReads' : 'memberReads', key)
      if (actor.kind === 'member') return spend(actor.role === 'vendor' ? 'vendorMinute' : 'staffMinute', key)
      if (command === 'startConversation') {
        // An identified person is known by name; strangers share the budget of their address.
        if (!actor.isVerified) await spend('visitorStarts', key)
        if (!actor.isVerified) await spend('addressStarts', networkOf(origin.ip))
      }
      await spend('visitorBurst', key)
      await spend('visitorMinute', key)
    },
  }
}

/** IPv6 addresses count by their /64: one household holds that many. */
export function networkOf(ip: string): string {
  if (!ip.includes(':') || ip.startsWith('::ffff:')) return ip
  return ip.split(':').slice(0, 4).join(':')
}
