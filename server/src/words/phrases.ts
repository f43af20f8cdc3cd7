import { readingOf, type Span, type Word, wordsOf } from './reading.ts'

type Step = { kind: 'words'; choices: readonly Choice[]; isOptional: boolean } | { kind: 'gap'; most: number }

/** Words in a row; the last may stand for all that begin like it. */
interface Choice {
  words: readonly string[]
  isPrefix: boolean
}

interface Phrase {
  label: string
  isException: boolean
  steps: readonly Step[]
}

/** Compiled once from a list of lines; found by the first word, or by how it begins. */
export interface Phrases {
  byWord: ReadonlyMap<string, readonly Phrase[]>
  /** Shortest first; a word can begin with several of them. */
  byBeginning: ReadonlyMap<string, readonly Phrase[]>
  beginningLengths: readonly number[]
}

/**
 * Lines of a word list. `a|b` either · `pay*` whatever begins so · `a_b` two words · `word?` or not ·
 * `...3` three other words of the same sentence at most · `{name}` a class, given by a line `{name} = a|b`.
 * `!` before a line: where it matches, nothing else counts. `[label]` names what follows; `#` is a remark.
 */
export function compilePhrases(list: string): Phrases {
  const classes = new Map<string, string>()
  const [byWord, byBeginning] = [new Map<string, Phrase[]>(), new Map<string, Phrase[]>()]
  let label = ''
  for (const line of list.split('\n').map((each) => each.trim())) {
    if (line === '' || line.startsWith('#')) continue
    const [, section] = /^\[(.+)\]$/.exec(line) ?? []
    const [, name, choices] = /^\{(\w+)\} = (.+)$/.exec(line) ?? []
    if (section !== undefined) label = section
    else if (name !== undefined && choices !== undefined) classes.set(name, choices)
    else enter(phraseOf(line, label, classes), byWord, byBeginning)
  }
  const lengths = [...byBeginning.keys()].map(({ length }) => length)
  return { byWord, byBeginning, beginningLengths: [...new Set(lengths)].sort((one, other) => one - other) }
}

function phraseOf(line: string, label: string, classes: ReadonlyMap<string, string>): Phrase {
  const isException = line.startsWith('!')
  const steps = line
    .replace(/^!\s*/, '')
    .replace(/\{(\w+)\}/g, (_, name: string) => {
      const choices = classes.get(name)
      if (choices === undefined) throw new Error(`The list names no {${name}} before: ${line}`)
      return choices
    })
    .split(/\s+/)
    .map(stepOf)
  if (steps[0]?.kind !== 'words' || steps[0].isOptional)
    throw new Error(`A phrase begins with a word: ${line}`)
  return { label, isException, steps }
}

function stepOf(written: string): Step {
  const gap = /^\.\.\.(\d)$/.exec(written)
  if (gap) return { kind: 'gap', most: Number(gap[1]) }
  const isOptional = written.endsWith('?')
  const choices = written
    .replace(/\?$/, '')
    .split('|')
    .map((choice) => ({
      words: choice
        .replace(/\*$/, '')
        .split('_')
        .flatMap((word) => wordsOf(readingOf(word).folded).map((each) => each.word)),
      isPrefix: choice.endsWith('*'),
    }))
  return { kind: 'words', choices, isOptional }
}

function enter(phrase: Phrase, byWord: Map<string, Phrase[]>, byBeginning: Map<string, Phrase[]>): void {
  const [first] = phrase.steps
  if (first?.kind !== 'words') return
  for (const { words, isPrefix } of first.choices) {
    const known = isPrefix && words.length === 1 ? byBeginning : byWord
    const [start = ''] = words
    const phrases = known.get(start) ?? []
    if (!phrases.includes(phrase)) known.set(start, [...phrases, phrase])
  }
}

/** What may begin with this word, each once. */
function beginningWith(
  word: string,
  { byWord, byBeginning, beginningLengths }: Phrases,
): Iterable<Phrase> | undefined {
  let found: Iterable<Phrase> | undefined = byWord.get(word)
  for (const length of beginningLengths) {
    if (length > word.length) break
    const more = byBeginning.get(word.slice(0, length))
    if (more) found = found ? new Set([...found, ...more]) : more
  }
  return found
}

/** Every phrase of the list that the words hold, in units of the reading. */
export function findPhrases(words: readonly Word[], phrases: Phrases): (Span & { label: string })[] {
  const found: (Span & { label: string })[] = []
  const exceptions: Span[] = []
  for (const [index, word] of words.entries()) {
    const beginning = beginningWith(word.word, phrases)
    if (!beginning) continue
    for (const phrase of beginning) {
      const end = matchFrom(words, index, phrase.steps, 0, word.sentence)
      if (end === undefined) continue
      const span = { start: word.start, end: words[end - 1]?.end ?? word.end }
      if (phrase.isException) exceptions.push(span)
      else found.push({ ...span, label: phrase.label })
    }
  }
  return found.filter((one) => !exceptions.some((other) => one.start < other.end && other.start < one.end))
}

function matchFrom(
  words: readonly Word[],
  at: number,
  steps: readonly Step[],
  step: number,
  sentence: number,
): number | undefined {
  const wanted = steps[step]
  if (!wanted) return at
  if (wanted.kind === 'gap') {
    for (let skipped = 0; skipped <= wanted.most; skipped += 1) {
      if (skipped > 0 && words[at + skipped - 1]?.sentence !== sentence) return undefined
      const end = matchFrom(words, at + skipped, steps, step + 1, sentence)
      if (end !== undefined) return end
    }
    return undefined
  }
  for (const choice of wanted.choices) {
    if (!isAt(words, at, choice, sentence)) continue
    const end = matchFrom(words, at + choice.words.length, steps, step + 1, sentence)
    if (end !== undefined) return end
  }
  return wanted.isOptional ? matchFrom(words, at, steps, step + 1, sentence) : undefined
}

function isAt(
  words: readonly Word[],
  at: number,
  { words: wanted, isPrefix }: Choice,
  sentence: number,
): boolean {
  return wanted.every((one, index) => {
    const word = words[at + index]
    if (word?.sentence !== sentence) return false
    return isPrefix && index === wanted.length - 1 ? word.word.startsWith(one) : word.word === one
  })
}

/** Phrases as people write them, without the signs of a word list. */
export function literalPhrases(phrases: readonly string[]): Phrases {
  const lines = phrases.map((phrase) =>
    wordsOf(readingOf(phrase).folded)
      .map(({ word }) => word)
      .join(' '),
  )
  return compilePhrases(lines.join('\n'))
}
