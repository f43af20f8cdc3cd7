import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min'
import type { Word } from '../../words/index.ts'
import { type Detector, findingAt } from '../finding.ts'
import { otherNumberSigns, signsOf, telephoneSigns } from '../lists/signs.ts'
import { type DigitRun, digitRuns } from './digit-runs.ts'

const isTelephoneSign = signsOf(telephoneSigns)
const isOtherSign = signsOf(otherNumberSigns)
const countries: readonly CountryCode[] = [
  'GB',
  'DE',
  'FR',
  'IT',
  'NL',
  'BE',
  'AT',
  'CH',
  'IE',
  'ES',
  'PT',
  'PL',
]
const mere = /^(?:number|no|nr|num|numero|nummer|numer|numeri)$/
const possessive =
  /^(?:my|our|mon|notre|meine?|unsere?|mi|nuestro|mio|nostro|meu|nosso|mijn|onze|moj|nasz|cell|reach)$/
/** How far before a number its sign may stand. */
const wordsBefore = 6

export const findPhones: Detector = (draft) => {
  const { reading, words } = draft
  return digitRuns(reading.folded, words, 7).flatMap((run) => {
    const sign = signBefore(words, run.firstWord) ?? signAfter(words, run)
    const shape = shapeOf(run, sign)
    if (shape === undefined) return []
    const start = run.hasPlus ? run.start - 1 : run.start
    return [findingAt(draft, { start, end: run.end }, { kind: 'phone', ...shape })]
  })
}

type Sign = 'telephone' | 'other' | undefined

function signBefore(words: readonly Word[], index: number): Sign {
  const sentence = words[index]?.sentence
  for (let at = index - 1; at >= Math.max(0, index - wordsBefore); at -= 1) {
    const { word, sentence: its } = words[at] as Word
    if (its !== sentence && !(at === index - 1 && word.length <= 4)) return undefined
    const next = words[at + 1]?.word ?? ''
    // "Tracking number is": what kind of number it is stands before; "my number" is a telephone's.
    if (mere.test(word)) {
      const before = words[at - 1]?.word ?? ''
      if (isOtherSign(before, word)) return 'other'
      if (possessive.test(before) || isTelephoneSign(before, word)) return 'telephone'
      continue
    }
    if (isOtherSign(word, next)) return 'other'
    if (isTelephoneSign(word, next)) return 'telephone'
  }
  return undefined
}

/** "912 345 678, call me": only where nothing before says what number it is. */
function signAfter(words: readonly Word[], { lastWord, digits }: DigitRun): Sign {
  if (digits.length < 9) return undefined
  const [next, second] = [words[lastWord + 1], words[lastWord + 2]]
  if (next?.sentence !== words[lastWord]?.sentence) return undefined
  return next && isTelephoneSign(next.word, second?.word ?? '') ? 'telephone' : undefined
}

function shapeOf(run: DigitRun, sign: Sign): { shape: string; certainty: 'sure' | 'likely' } | undefined {
  const { digits, saidWords } = run
  if (digits.length > 15) return undefined
  if (saidWords >= 3) {
    // Counting is not dialling: as long as a number, or said to be one.
    const isLong = digits.length >= 9 || sign === 'telephone'
    return sign !== 'other' && isLong ? { shape: 'spelledOut', certainty: 'sure' } : undefined
  }
  if (sign === 'other') return undefined
  if (run.hasPlus || digits.startsWith('00'))
    return isPossible(`+${digits.replace(/^00/, '')}`)
      ? { shape: 'international', certainty: 'sure' }
      : undefined
  if (isMeasure(run)) return undefined
  if (sign === 'telephone') return { shape: 'announced', certainty: 'sure' }
  if (isLocal(run)) return { shape: 'national', certainty: 'likely' }
  return undefined
}

/** Dates, and decimals: a point and a space between groups of one digit. */
function isMeasure({ groups, between, digits }: DigitRun): boolean {
  const [first = 0, second = 0, third = 0] = groups
  if (groups.every((length) => length === 1)) return false
  const isDate =
    /^(?:(?:0?[1-9]|[12]\d|3[01])){2}(?:19|20)\d\d/.test(digits) && first <= 2 && second <= 2 && third === 4
  const isIsoDate = first === 4 && second === 2 && third === 2 && between.startsWith('--')
  return isDate || isIsoDate || (/\./.test(between) && / /.test(between) && groups.includes(1))
}

/** Written as numbers of telephones are, in one of the countries whose numbers begin with a nought. */
function isLocal({ digits, groups, between }: DigitRun): boolean {
  const [first = 0] = groups
  if (digits.length === 10 && groups.join() === '3,3,4' && between.trim() !== '') return true
  if (!digits.startsWith('0') || digits.length < 10 || digits.length > 12) return false
  if (groups.length > 1 && first > 5) return false
  return countries.some((country) => parsePhoneNumberFromString(digits, country)?.isValid() === true)
}

function isPossible(number: string): boolean {
  return parsePhoneNumberFromString(number)?.isPossible() === true
}
