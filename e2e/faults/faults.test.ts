import { afterAll, describe, expect, it } from 'vitest'
import { counterExamples } from './report.ts'
import { startSuites } from './suites.ts'

/** The quick ones; `npm run faults` plays them all. */
const short = [
  ['F01', 11],
  ['F14', 12],
  ['F15', 13],
  ['F16', 14],
  ['F27', 15],
] as const

describe('a whole installation that is harmed', () => {
  const suites = startSuites()
  afterAll(() => suites.stop())

  it.each(short)('keeps its promises in %s with seed %i', async (id, seed) => {
    const outcome = await suites.perform(id, { seed, rounds: 1 })
    expect(outcome.violations.length === 0 ? '' : counterExamples(outcome)).toBe('')
    // A run in which nothing was done or harmed shows nothing.
    expect(outcome.acknowledged).toBeGreaterThan(20)
    expect(outcome.faults).toBeGreaterThan(0)
    expect(outcome.history.frames.length).toBeGreaterThan(outcome.acknowledged)
  })
})
