import type { TrainingModuleSettings } from '@parley/shared/protocol/vendors.ts'

export interface Marked {
  /** Whole percent, rounded down: nobody passes by rounding. */
  percent: number
  right: boolean[]
}

/** A question is right when exactly its right choices were taken. Pure. */
export function markTest(
  questions: TrainingModuleSettings['questions'],
  answers: readonly (readonly number[])[],
): Marked {
  const right = questions.map(({ choices }, at) => {
    const taken = new Set(answers[at] ?? [])
    return choices.every(({ isRight }, index) => isRight === taken.has(index)) && taken.size <= choices.length
  })
  const count = right.filter(Boolean).length
  return { percent: questions.length === 0 ? 0 : Math.floor((count * 100) / questions.length), right }
}
