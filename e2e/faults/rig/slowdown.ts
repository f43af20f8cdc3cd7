import { quantile } from '../../bench/quantiles.ts'

const everyMs = 500
const spinMs = 8
const mostStretch = 12

/**
 * How much longer work takes here than on a machine of its own: a processor that many share gives each of them less. Limits
 * in seconds are stretched by it, because they are about the product and not about its neighbours.
 */
export function watchSlowdown(): { now(): number; stop(): void } {
  const seen: number[] = []
  const timer = setInterval(() => {
    const from = performance.now()
    const cpu = process.cpuUsage()
    for (let used = 0; used < spinMs * 1_000; ) {
      const { user, system } = process.cpuUsage(cpu)
      used = user + system
    }
    seen.push((performance.now() - from) / spinMs)
  }, everyMs)
  return {
    now: () => (seen.length === 0 ? 1 : Math.min(mostStretch, Math.max(1, quantile(seen.slice(-20), 0.75)))),
    stop: () => clearInterval(timer),
  }
}
