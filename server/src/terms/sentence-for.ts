import { type RuledKind, standardSentences, type TermRules } from '@parley/shared/protocol/terms.ts'

/** What the sender of a refused message is told: the site's own words, or ours. */
export function sentenceFor(kind: RuledKind, rules: Pick<TermRules, 'sentences'>): string {
  return rules.sentences[kind] ?? standardSentences[kind]
}
