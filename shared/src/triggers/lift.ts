/** How one rule did in a span of time, in people. */
export interface Outcome {
  shown: number
  shownReached: number
  held: number
  heldReached: number
}

export interface Lift {
  shownRate: number
  heldRate: number
  /** Difference of the two rates, with the 95 % interval of Newcombe (1998, method 10). */
  difference: number
  low: number
  high: number
  /** The interval does not hold 0. */
  isClear: boolean
}

/** Fewer held out than this tell nothing, whatever the numbers look like. */
export const leastHeld = 30

export function liftOf({ shown, shownReached, held, heldReached }: Outcome): Lift | undefined {
  if (held < leastHeld || shown < leastHeld) return undefined
  const one = wilson(Math.min(shownReached, shown), shown)
  const other = wilson(Math.min(heldReached, held), held)
  const difference = one.rate - other.rate
  const low = difference - Math.hypot(one.rate - one.low, other.high - other.rate)
  const high = difference + Math.hypot(one.high - one.rate, other.rate - other.low)
  return { shownRate: one.rate, heldRate: other.rate, difference, low, high, isClear: low > 0 || high < 0 }
}

/** Wilson's interval for a share, which stays within 0 and 1. */
function wilson(count: number, of: number): { rate: number; low: number; high: number } {
  const z = 1.959964
  const rate = count / of
  const middle = rate + (z * z) / (2 * of)
  const spread = z * Math.sqrt((rate * (1 - rate)) / of + (z * z) / (4 * of * of))
  const scale = 1 + (z * z) / of
  return { rate, low: (middle - spread) / scale, high: (middle + spread) / scale }
}
