import type { Span, Word } from '../../words/index.ts'
import { numberWords, timesWords } from '../lists/number-words.ts'

/** Digits that belong together, as figures or as words. */
export interface DigitRun extends Span {
  digits: string
  /** Lengths of its groups as written. */
  groups: number[]
  saidWords: number
  hasPlus: boolean
  /** What stands between the groups. */
  between: string
  /** Index of its first word, and of the last so far. */
  firstWord: number
  lastWord: number
}

const apart = /^[ ().,/*_+-]{0,4}$/
const lettersAsZero = /^(?=[\do]*\d)(?=\d*o)[\do]+$/

/** Runs of at least this many digits, in the order they stand in. */
export function digitRuns(folded: string, words: readonly Word[], atLeast: number): DigitRun[] {
  const runs: DigitRun[] = []
  let current: DigitRun | undefined
  let times = 1
  for (const [index, { word, start, end }] of words.entries()) {
    const repeat = timesWords.get(word)
    if (repeat !== undefined) {
      times = repeat
      if (current?.lastWord === index - 1) Object.assign(current, { lastWord: index, end })
      continue
    }
    const isSaid = numberWords.has(word)
    const digits = digitsOf(word)
    if (digits !== undefined) {
      const gap: string = current?.lastWord === index - 1 ? folded.slice(current.end, start) : '?'
      if (!current || !continues(current, gap, isSaid)) {
        current = runAt(folded, start, index)
        runs.push(current)
      } else current.between += gap
      const said = digits.repeat(times)
      current.digits += said
      current.groups.push(said.length)
      current.saidWords += isSaid ? 1 : 0
      Object.assign(current, { lastWord: index, end })
    }
    times = 1
  }
  return runs.filter((run) => run.digits.length >= atLeast)
}

function runAt(folded: string, start: number, index: number): DigitRun {
  const hasPlus = folded[start - 1] === '+' || folded.slice(start - 2, start) === '+('
  return {
    start,
    end: start,
    digits: '',
    groups: [],
    saidWords: 0,
    hasPlus,
    between: '',
    firstWord: index,
    lastWord: index,
  }
}

/** A comma stands between digits only when they are said: figures with commas are a list. */
function continues(run: DigitRun, gap: string, isSaid: boolean): boolean {
  return apart.test(gap) && (!gap.includes(',') || isSaid || run.saidWords > 0)
}

function digitsOf(word: string): string | undefined {
  if (/^\d+$/.test(word)) return word
  const said = numberWords.get(word)
  if (said !== undefined) return said === '100' ? '00' : said
  if (lettersAsZero.test(word)) return word.replaceAll('o', '0')
  if (!/\d/.test(word) || !/[a-z]{3}/.test(word)) return undefined
  // "zero7seven00": words and figures in one.
  const joined = word.replace(/[a-z]+/g, (letters) => numberWords.get(letters) ?? letters)
  return /^\d+$/.test(joined) ? joined : undefined
}
