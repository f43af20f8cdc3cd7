import type { RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible'

/** One question to the shared count per person in this time, however much that person sends. */
const gatherMs = 250

/** A count that all nodes share and nobody waits for: what was spent is told a moment later, and remembered when it was too much. */
export interface GatheredCount {
  add(key: string): void
  /** How long this key is refused; 0 when it is not. */
  refusedMs(key: string): number
}

export function createGatheredCount(shared: RateLimiterAbstract): GatheredCount {
  const spent = new Map<string, number>()
  const refusedUntil = new Map<string, number>()

  function tell(): void {
    const now = performance.now()
    for (const [key, until] of refusedUntil) if (until <= now) refusedUntil.delete(key)
    for (const [key, points] of spent)
      shared.consume(key, points).catch((reason: RateLimiterRes | Error) => {
        if (!(reason instanceof Error)) refusedUntil.set(key, performance.now() + reason.msBeforeNext)
      })
    spent.clear()
  }

  return {
    add(key) {
      if (spent.size === 0) setTimeout(tell, gatherMs).unref()
      spent.set(key, (spent.get(key) ?? 0) + 1)
    },
    refusedMs: (key) => Math.max(0, (refusedUntil.get(key) ?? 0) - performance.now()),
  }
}
