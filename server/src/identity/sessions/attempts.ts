import { type IRateLimiterOptions, type RateLimiterAbstract, RateLimiterMemory } from 'rate-limiter-flexible'
import { Refused } from '../../app/refused.ts'

const freeAttempts = 5
const countedSeconds = 60 * 60
const firstDelaySeconds = 2
/** A stranger who keeps guessing can slow the owner down, never lock the account. */
const longestForAccountSeconds = 60
const longestForAddressSeconds = 15 * 60
const trustedSeconds = 14 * 24 * 60 * 60

/** Where counts are kept: this process by default, Redis when there are several. */
export type LimiterStore = (options: IRateLimiterOptions) => RateLimiterAbstract

/** One try to sign in, counted before the password is looked at, so that guesses sent at once all count. */
export interface Attempt {
  /** The password was right: this try does not count against anybody. */
  succeeded(): Promise<void>
}

export interface Attempts {
  begin(account: string, ip: string): Promise<Attempt>
}

interface Gate {
  key: string
  longestSeconds: number
}

export function createAttempts(store: LimiterStore = (options) => new RateLimiterMemory(options)): Attempts {
  const tries = store({ keyPrefix: 'tries', points: freeAttempts, duration: countedSeconds })
  const slots = store({ keyPrefix: 'slot', points: 1, duration: longestForAddressSeconds })
  const trusted = store({ keyPrefix: 'trusted', points: 1, duration: trustedSeconds })

  async function refuseWhileWaiting(gates: readonly Gate[]): Promise<void> {
    for (const gate of gates) {
      const slot = await slots.get(gate.key)
      if (slot && slot.msBeforeNext > 0) throw tooOften(slot.msBeforeNext)
    }
  }

  async function enter(gate: Gate): Promise<void> {
    const { consumedPoints } = await tries.penalty(gate.key)
    if (consumedPoints <= freeAttempts) return
    const delay = Math.min(firstDelaySeconds * 2 ** (consumedPoints - freeAttempts - 1), gate.longestSeconds)
    try {
      await slots.consume(gate.key, 1, { customDuration: delay })
    } catch (reason) {
      throw tooOften(reason instanceof Error ? 1_000 : waitOf(reason))
    }
  }

  return {
    async begin(account, ip) {
      const network = networkOf(ip)
      const pair = `${account}|${network}`
      // From where the account has signed in before, only guesses from there count against it.
      const isTrusted = (await trusted.get(pair)) !== null
      const gates: Gate[] = [
        { key: isTrusted ? `pair:${pair}` : `account:${account}`, longestSeconds: longestForAccountSeconds },
        { key: `address:${network}`, longestSeconds: longestForAddressSeconds },
      ]
      await refuseWhileWaiting(gates)
      for (const gate of gates) await enter(gate)
      return {
        async succeeded() {
          const [own, address] = gates
          if (own) await Promise.all([tries.delete(own.key), slots.delete(own.key)])
          if (address) await tries.reward(address.key)
          await trusted.set(pair, 1, trustedSeconds)
        },
      }
    },
  }
}

function waitOf(reason: unknown): number {
  const ms = (reason as { msBeforeNext?: unknown } | undefined)?.msBeforeNext
  return typeof ms === 'number' ? ms : 1_000
}

function tooOften(retryAfterMs: number): Refused {
  return new Refused('rateLimited', 'signIn.tooOften', { retryAfterMs: Math.ceil(retryAfterMs) })
}

/** One household of IPv6 has a whole /64 to guess from. */
function networkOf(ip: string): string {
  if (!ip.includes(':') || ip.includes('.')) return ip.replace(/^.*:/, '')
  const [head = '', tail] = ip.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const gap = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length)
  return [...left, ...Array.from({ length: gap }, () => '0'), ...right].slice(0, 4).join(':')
}
