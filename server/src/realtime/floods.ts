import type { Clock } from '../clock.ts'

/** No client of ours comes near it: each waits for as long as it was told to. */
const mostRefusals = 300
const withinMs = 10_000

/** To refuse has its price too: whoever goes on for all that it was told is cut off. */
export function createFloods(clock: Clock): { isFlood(connection: object): boolean } {
  const counted = new WeakMap<object, { from: number; refusals: number }>()
  return {
    /** Called for each wish that came too soon. */
    isFlood(connection) {
      const now = clock.now().getTime()
      const before = counted.get(connection)
      const count = before && now - before.from < withinMs ? before : { from: now, refusals: 0 }
      count.refusals += 1
      counted.set(connection, count)
      return count.refusals > mostRefusals
    },
  }
}
