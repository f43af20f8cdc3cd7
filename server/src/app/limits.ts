import { type Actor, actorIdOf } from '@parley/shared/people.ts'
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible'
import type { CounterStore } from '../cluster/index.ts'
import { createGatheredCount } from './gathered-counts.ts'
import { Refused } from './refused.ts'
import type { Origin } from './site-command.ts'

/**
 * Every budget is counted by this node, at once and in memory: that alone holds when Redis is gone or was emptied.
 * What several nodes do about it together:
 * `here` nothing more. A burst is over before another node could hear of it.
 * `gathered` told to the shared count a moment later: a send or a read never waits for Redis, and somebody who spreads
 * over the nodes gets through a fraction of a second more than one node would let through.
 * `asked` the shared count answers before the wish goes on: rare, few, and worth a round trip.
 */
type Counted = 'here' | 'gathered' | 'asked'

interface Budget {
  points: number
  seconds: number
  counted: Counted
}

/** Start values; docs/security.md has the reasons. `sends` in pairs: a burst, and what can be kept up. */
const budgets = {
  visitorBurst: { points: 8, seconds: 5, counted: 'here' },
  visitorMinute: { points: 40, seconds: 60, counted: 'gathered' },
  vendorMinute: { points: 60, seconds: 60, counted: 'gathered' },
  staffMinute: { points: 120, seconds: 60, counted: 'gathered' },
  visitorStarts: { points: 3, seconds: 600, counted: 'asked' },
  addressStarts: { points: 20, seconds: 3_600, counted: 'asked' },
  visitorReads: { points: 240, seconds: 60, counted: 'gathered' },
  keyMinute: { points: 120, seconds: 60, counted: 'gathered' },
  keyReads: { points: 600, seconds: 60, counted: 'gathered' },
  memberReads: { points: 900, seconds: 60, counted: 'gathered' },
} as const satisfies Record<string, Budget>
type BudgetName = keyof typeof budgets

export interface Limits {
  /** Throws `rateLimited` with the time after which the same wish may be repeated. */
  take(actor: Actor, origin: Origin, command: string, isRead: boolean): Promise<void>
}

/** `factor` multiplies every budget: for load tests and for sites behind one address. */
export function createLimits(factor: number, shared?: CounterStore): Limits {
  const spend = Object.fromEntries(
    Object.entries(budgets).map(([name, budget]) => [name, spender(name, budget, factor, shared)]),
  ) as Record<BudgetName, (key: string) => Promise<void>>

  return {
    async take(actor, origin, command, isRead) {
      if (actor.kind === 'system') return
      const key = actorIdOf(actor)
      if (actor.kind === 'key') return spend[isRead ? 'keyReads' : 'keyMinute'](key)
      if (isRead) return spend[actor.kind === 'customer' ? 'visitorReads' : 'memberReads'](key)
      if (actor.kind === 'member') return spend[actor.role === 'vendor' ? 'vendorMinute' : 'staffMinute'](key)
      if (command === 'startConversation') {
        // An identified person is known by name; strangers share the budget of their address.
        if (!actor.isVerified) await spend.visitorStarts(key)
        if (!actor.isVerified) await spend.addressStarts(networkOf(origin.ip))
      }
      await spend.visitorBurst(key)
      await spend.visitorMinute(key)
    },
  }
}

function spender(
  name: string,
  budget: Budget,
  factor: number,
  shared: CounterStore | undefined,
): (key: string) => Promise<void> {
  const options = { keyPrefix: name, points: Math.ceil(budget.points * factor), duration: budget.seconds }
  const own = new RateLimiterMemory(options)
  const asked = budget.counted === 'asked' ? shared?.(options) : undefined
  const gathered = budget.counted === 'gathered' && shared ? createGatheredCount(shared(options)) : undefined
  const tooMuch = (retryAfterMs: number) => new Refused('rateLimited', `limit.${name}`, { retryAfterMs })

  return async (key) => {
    const refusedMs = gathered?.refusedMs(key) ?? 0
    if (refusedMs > 0) throw tooMuch(Math.ceil(refusedMs))
    try {
      await own.consume(key)
      await asked?.consume(key)
    } catch (spent) {
      if (spent instanceof Error) throw spent
      throw tooMuch((spent as RateLimiterRes).msBeforeNext)
    }
    gathered?.add(key)
  }
}

/** IPv6 addresses count by their /64: one household holds that many. */
export function networkOf(ip: string): string {
  if (!ip.includes(':') || ip.startsWith('::ffff:')) return ip
  return ip.split(':').slice(0, 4).join(':')
}
