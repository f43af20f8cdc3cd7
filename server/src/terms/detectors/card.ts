import { type Reading, readingOf, type Span, spanOf, wordsOf } from '../../words/index.ts'
import type { Finding } from '../finding.ts'
import { cardLengths, passesLuhn } from './card-number.ts'
import { digitRuns } from './digit-runs.ts'

/** Digits with at most three other signs between them. Marks of an earlier masking end a run. */
const runs = /\d(?:[^\p{L}\p{N}•\n]{0,3}\n?\d){3,}/gu
const fewest = 13
const most = 19
/** As much of the end of one message and the start of the next as a number takes that was cut in two there. */
const nearEdge = 40

interface Digit {
  value: string
  at: number
  /** First or last of the digits that stand together. */
  begins: boolean
  ends: boolean
}

/** Cards, whatever they are called: a number that is no card and looks exactly like one is masked too. */
export function findCards(text: string, previousText = ''): Finding[] {
  const reading = readingOf(text)
  const found = [...reading.folded.matchAll(runs)].flatMap((match) =>
    cardsIn(digitsOf(match[0], match.index)),
  )
  const findings: Finding[] = found.map((span) => ({
    kind: 'card',
    shape: 'number',
    certainty: 'sure',
    ...spanOf(reading, span.start, span.end),
  }))
  for (const span of saidCards(reading.folded))
    findings.push({
      kind: 'card',
      shape: 'spelledOut',
      certainty: 'sure',
      ...spanOf(reading, span.start, span.end),
    })
  const continued = previousText === '' ? undefined : continuation(readingOf(previousText), reading)
  if (continued && !findings.some((one) => one.start < continued.end && continued.start < one.end))
    findings.push({ kind: 'card', shape: 'continued', certainty: 'sure', ...continued })
  return findings
}

/** "Four two four two …": said aloud into the keyboard. */
function saidCards(folded: string): Span[] {
  return digitRuns(folded, wordsOf(folded), fewest).filter(
    ({ digits, saidWords }) =>
      saidWords > 3 && cardLengths(digits).includes(digits.length) && passesLuhn(digits),
  )
}

function digitsOf(run: string, offset: number): Digit[] {
  const digits: Digit[] = []
  for (let at = 0; at < run.length; at += 1) {
    const value = run[at] ?? ''
    if (!isDigit(value)) continue
    digits.push({ value, at: offset + at, begins: !isDigit(run[at - 1]), ends: !isDigit(run[at + 1]) })
  }
  return digits
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= '0' && character <= '9'
}

/** The earliest card that begins where a group begins; its end is a group's end, or the length its kind has. */
function cardsIn(digits: readonly Digit[]): Span[] {
  const found: Span[] = []
  for (let from = 0; from + fewest <= digits.length; from += 1) {
    if (!digits[from]?.begins) continue
    const length = lengthAt(digits, from)
    if (length === undefined) continue
    found.push({ start: digits[from]?.at ?? 0, end: (digits[from + length - 1]?.at ?? 0) + 1 })
    from += length - 1
  }
  return found
}

function lengthAt(digits: readonly Digit[], from: number): number | undefined {
  const number = digits
    .slice(from, from + most)
    .map(({ value }) => value)
    .join('')
  const lengths = cardLengths(number)
  return lengths.find(
    (length) =>
      number.length >= length && digits[from + length - 1]?.ends && passesLuhn(number.slice(0, length)),
  )
}

/** The part of a card in this message when its beginning ended the one before. All of it is masked, not all but four. */
function continuation(previous: Reading, reading: Reading): Span | undefined {
  const last = /\d(?:[^\p{L}\p{N}]{0,3}\d)*[^\p{L}\p{N}]{0,3}$/u.exec(previous.folded.slice(-nearEdge))
  const first = /^[^\p{L}\p{N}]{0,3}\d(?:[^\p{L}\p{N}\n]{0,3}\d)*/u.exec(reading.folded.slice(0, nearEdge))
  if (!last || !first) return undefined
  const head = digitsOf(last[0], 0)
  const tail = digitsOf(first[0], first.index)
  for (let from = 0; from < head.length; from += 1) {
    if (!head[from]?.begins) continue
    const digits = [...head.slice(from), ...tail]
    const length = lengthAt(digits, 0)
    const ofTail = (length ?? 0) - (head.length - from)
    if (ofTail <= 0) continue
    return spanOf(reading, tail[0]?.at ?? 0, (tail[ofTail - 1]?.at ?? 0) + 1)
  }
  return undefined
}
