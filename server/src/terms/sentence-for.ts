import type { RuledKind, TermRules } from '@parley/shared/protocol/terms.ts'

/** The site's own words for the sender of a refused message; without them whoever reads says it in their language. */
export function sentenceFor(kind: RuledKind, rules: Pick<TermRules, 'sentences'>): string | undefined {
  return rules.sentences[kind]
}
