import type { TermKind } from '@parley/shared/protocol/terms.ts'
import { type Reading, type Span, spanOf, tightReading, type Word, wordsOf } from '../words/index.ts'

/** Something in a message that a rule may be about. Positions are those of the text as written. */
export interface Finding extends Span {
  kind: TermKind
  /** How it was written (`spelledOut`, `iban`), never what. */
  shape: string
  certainty: 'sure' | 'likely'
}

/** A message as detectors get it: read once for all of them. */
export interface Draft {
  reading: Reading
  words: readonly Word[]
}

/** Finds one kind of thing, in time that grows with the length and no faster. */
export type Detector = (draft: Draft) => Finding[]

export function draftOf(text: string): Draft {
  const reading = tightReading(text)
  return { reading, words: wordsOf(reading.folded) }
}

export function findingAt(
  { reading }: Draft,
  span: Span,
  found: Pick<Finding, 'kind' | 'shape'> & { certainty?: Finding['certainty'] },
): Finding {
  const { kind, shape, certainty = 'sure' } = found
  return { kind, shape, certainty, ...spanOf(reading, span.start, span.end) }
}

export function overlaps(one: Span, other: Span): boolean {
  return one.start < other.end && other.start < one.end
}
