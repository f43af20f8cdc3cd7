import { fold } from './fold.ts'

/** A text as it is read by detectors, with the way back to what was written. */
export interface Reading {
  text: string
  folded: string
  /** Where each unit of `folded` begins and ends in `text`. */
  starts: readonly number[]
  ends: readonly number[]
}

export interface Span {
  start: number
  end: number
}

export interface Word extends Span {
  word: string
  /** Number of the sentence it stands in: phrases do not run over a full stop. */
  sentence: number
}

// Four single characters or more with one space between: letters drawn apart so that nobody finds the word.
const drawnApart = /(?<![^ \n])[^ \n](?: [^ \n]){3,}(?![^ \n])/gu

/** Positions of a text in which every unit is read as one. */
const asWritten = { starts: [] as number[], ends: [] as number[] }
const isPlain = /^[ -~]*$/

function plainReading(text: string): Reading {
  const { starts, ends } = asWritten
  for (let at = starts.length; at < text.length; at += 1) {
    starts.push(at)
    ends.push(at + 1)
  }
  return { text, folded: text.toLowerCase(), starts, ends }
}

export function readingOf(text: string): Reading {
  if (isPlain.test(text)) return plainReading(text)
  let folded = ''
  const starts: number[] = []
  const ends: number[] = []
  let at = 0
  for (const character of text) {
    const piece = fold(character)
    for (let unit = 0; unit < piece.length; unit += 1) {
      starts.push(at)
      ends.push(at + character.length)
    }
    folded += piece
    at += character.length
  }
  return { text, folded, starts, ends }
}

/** The same, with letters that were drawn apart put together again. */
export function tightReading(text: string): Reading {
  const wide = readingOf(text)
  if (!/ \S \S /.test(` ${wide.folded} `)) return wide
  const kept: number[] = []
  let from = 0
  for (const match of wide.folded.matchAll(drawnApart)) {
    for (let unit = from; unit < match.index; unit += 1) kept.push(unit)
    from = match.index + match[0].length
    for (let unit = match.index; unit < from; unit += 1) if (wide.folded[unit] !== ' ') kept.push(unit)
  }
  for (let unit = from; unit < wide.folded.length; unit += 1) kept.push(unit)
  return {
    text,
    folded: kept.map((unit) => wide.folded[unit]).join(''),
    starts: kept.map((unit) => wide.starts[unit] ?? 0),
    ends: kept.map((unit) => wide.ends[unit] ?? 0),
  }
}

/** Units of the reading as a part of the text that was written. */
export function spanOf(reading: Reading, start: number, end: number): Span {
  return { start: reading.starts[start] ?? reading.text.length, end: reading.ends[end - 1] ?? 0 }
}

/** Positions are those of the reading, not of the text. */
export function wordsOf(folded: string): Word[] {
  const words: Word[] = []
  let sentence = 0
  let last = 0
  for (const match of folded.matchAll(/[\p{L}\p{N}]+/gu)) {
    const isOneSpace = match.index === last + 1 && folded[last] === ' '
    if (!isOneSpace && /[!?;\n]|\.(?=\s)/.test(folded.slice(last, match.index))) sentence += 1
    last = match.index + match[0].length
    words.push({ word: match[0], start: match.index, end: last, sentence })
  }
  return words
}

/** The words of a list as they are compared. */
export function plainWords(list: string): string[] {
  return wordsOf(readingOf(list).folded).map(({ word }) => word)
}
