import { median } from './quantiles.ts'

/** How well somebody with a stopwatch tells one kind of answer from the other. */
export interface Apart {
  /** The chance that of one answer of each kind the slower is of the kind that usually is: 0.5 is a coin, 1 is certainty. */
  auc: number
  /** The share of wrong guesses by the best single limit between them; 0.5 is a coin. */
  wrong: number
}

export function tellApart(these: readonly number[], those: readonly number[]): Apart {
  const sorted = [
    ...these.map((value) => ({ value, isThese: true })),
    ...those.map((value) => ({ value, isThese: false })),
  ].sort((a, b) => a.value - b.value)
  let [passedThese, passedThose, slower, furthest] = [0, 0, 0, 0]
  for (let at = 0; at < sorted.length; ) {
    // Equal times tell nothing: they count half, and no limit lies between them.
    let [equalThese, equalThose] = [0, 0]
    const value = sorted[at]?.value
    for (; sorted[at]?.value === value && at < sorted.length; at += 1)
      if (sorted[at]?.isThese) equalThese += 1
      else equalThose += 1
    slower += equalThese * (passedThose + equalThose / 2)
    passedThese += equalThese
    passedThose += equalThose
    furthest = Math.max(furthest, Math.abs(passedThese / these.length - passedThose / those.length))
  }
  const auc = slower / (these.length * those.length)
  return { auc: Math.max(auc, 1 - auc), wrong: (1 - furthest) / 2 }
}

/** What whoever asks this often goes by: a mean would be moved by the few answers that everything else delayed. */
export function gathered(values: readonly number[], often: number, chance: () => number): number[] {
  return Array.from({ length: values.length }, () =>
    median(Array.from({ length: often }, () => values[Math.floor(chance() * values.length)] as number)),
  )
}
