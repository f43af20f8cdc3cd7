import { findPhrases, readingOf, type Span, type Word, wordsOf } from '../words/index.ts'
import { likelyLanguages } from './languages.ts'
import type { Tone, ToneReason } from './tone.ts'

/** No message is longer; whatever is, is read this far. */
const mostUnits = 20_000

const mild: ReadonlySet<ToneReason> = new Set<ToneReason>(['disappointment', 'impatience', 'repeating'])
const strong: ReadonlySet<ToneReason> = new Set<ToneReason>(['anger', 'accusation', 'threat'])
const angryFaces = /[😡🤬😠👿💢🖕😤🤮]/u
const sadFaces = /[😞😢😭😔🙁☹😟😩😫💔👎🙄😒😑😕]/u
const shouted = /!{3}|\?!|!\?/
const asked = /\?{2}/
const drawnOut = /(\p{L})\1{3}/u

/**
 * How a message sounds, from word lists, negation, faces, capitals and marks. Anger, accusation and threats make it upset;
 * disappointment, impatience and repeating oneself make it tense, and upset when it is shouted too.
 */
export function readTone(text: string): Tone {
  const read = text.slice(0, mostUnits)
  const reasons = new Set(reasonsIn(read))
  // Who thanks in capitals and with three exclamation marks is no less pleased.
  const isKind = reasons.has('thanks')
  const [isAngry, isSad] = [angryFaces.test(read), sadFaces.test(read)]
  const inCapitals = !isKind && isInCapitals(read)
  const [exclaims, wonders] = [!isKind && shouted.test(read), !isKind && asked.test(read)]
  const isMild = isSad || wonders || [...reasons].some((reason) => mild.has(reason))
  const isStrong = isAngry || [...reasons].some((reason) => strong.has(reason))
  if (isAngry || isSad) reasons.add('emoji')
  if (inCapitals) reasons.add('capitals')
  if (exclaims || wonders || (!isKind && drawnOut.test(read))) reasons.add('marks')

  const loudness = Number(inCapitals) + Number(exclaims)
  if (isStrong || (isMild && loudness > 0) || loudness > 1)
    return toneOf('upset', 0.7 + 0.15 * loudness, reasons)
  if (isMild || inCapitals) return toneOf('tense', 0.4 + 0.1 * loudness, reasons)
  return toneOf('calm', isKind ? 0 : 0.1, reasons)
}

function toneOf(level: Tone['level'], strength: number, reasons: ReadonlySet<ToneReason>): Tone {
  return { level, strength: Math.min(1, strength), reasons: [...reasons] }
}

function reasonsIn(text: string): ToneReason[] {
  const words = wordsOf(readingOf(text).folded)
  return likelyLanguages(words).flatMap(({ phrases, negators }) =>
    findPhrases(words, phrases)
      .filter((found) => !isNegated(words, found, negators))
      .map(({ label }) => label as ToneReason),
  )
}

/** "Not bad", "nicht enttäuscht": one of the two words before says the opposite. */
function isNegated(words: readonly Word[], found: Span, negators: ReadonlySet<string>): boolean {
  const at = words.findIndex(({ start }) => start === found.start)
  const before = words.slice(Math.max(0, at - 2), at)
  return before.some(({ word, sentence }) => sentence === words[at]?.sentence && negators.has(word))
}

/** Most of a text of some length, and more than one word: an abbreviation is not shouted. */
function isInCapitals(text: string): boolean {
  const letters = text.match(/\p{L}/gu) ?? []
  const capitals = text.match(/\p{Lu}/gu) ?? []
  const words = text.match(/\p{Lu}{2,}/gu) ?? []
  return letters.length >= 10 && words.length >= 2 && capitals.length >= letters.length * 0.7
}
