export { compilePhrases, findPhrases, literalPhrases, type Phrases } from './phrases.ts'
export {
  plainWords,
  type Reading,
  readingOf,
  type Span,
  spanOf,
  tightReading,
  type Word,
  wordsOf,
} from './reading.ts'
