import { describe, expect, it } from 'vitest'
import { markTest } from './mark-test.ts'

const question = (...rights: boolean[]) => ({
  text: 'Which of these?',
  choices: rights.map((isRight, at) => ({ text: `Choice ${at}`, isRight })),
})

describe('a test', () => {
  it('counts a question when exactly the right choices were taken, in any order', () => {
    const questions = [question(true, false), question(true, true, false)]
    expect(markTest(questions, [[0], [1, 0]])).toEqual({ percent: 100, right: [true, true] })
    expect(markTest(questions, [[0], [0]])).toEqual({ percent: 50, right: [true, false] })
    expect(markTest(questions, [[1], [0, 1, 2]])).toEqual({ percent: 0, right: [false, false] })
  })

  it('gives nothing for what was left out, taken twice or taken from elsewhere', () => {
    const questions = [question(true, false)]
    expect(markTest(questions, [])).toEqual({ percent: 0, right: [false] })
    expect(markTest(questions, [[0, 0]]).percent).toBe(100)
    expect(markTest(questions, [[0, 5]]).percent).toBe(100)
    expect(markTest(questions, [[0, 1, 5]]).percent).toBe(0)
  })

  it('never rounds up to a pass', () => {
    const questions = [question(true, false), question(true, false), question(true, false)]
    expect(markTest(questions, [[0], [0], [1]]).percent).toBe(66)
  })
})
