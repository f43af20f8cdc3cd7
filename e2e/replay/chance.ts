/** The same seed gives the same choices; when they fall due is up to the network. */
export interface Chance {
  /** From 0 up to, but not, 1. */
  fraction(): number
  between(least: number, most: number): number
  happens(probability: number): boolean
  oneOf<Value>(values: readonly [Value, ...Value[]]): Value
}

export function createChance(seed: number): Chance {
  let state = seed >>> 0
  // mulberry32: 32 bits of state are plenty for choosing when to cut a line.
  function fraction(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    fraction,
    between: (least, most) => least + fraction() * (most - least),
    happens: (probability) => fraction() < probability,
    oneOf: (values) => values[Math.floor(fraction() * values.length)] ?? values[0],
  }
}
