const minute = 60_000
const hour = 60 * minute

/** After each failed try; three days and a quarter in all, then it is parked. */
const waits = [
  5_000,
  30_000,
  2 * minute,
  10 * minute,
  30 * minute,
  hour,
  2 * hour,
  4 * hour,
  8 * hour,
  ...Array.from({ length: 5 }, () => 12 * hour),
] as const

/** A tenth earlier or later, so that what failed together does not come back together. */
const jitter = 0.1

/** Every delivery has failed for so long: then it is switched off. */
export const longestFailureMs = 72 * hour

/** How long to wait after so many failed tries, or nothing when that was the last. */
export function waitAfter(tries: number, fraction: number): number | undefined {
  const wait = waits[tries - 1]
  return wait === undefined ? undefined : Math.round(wait * (1 + jitter * (2 * fraction - 1)))
}
