import { compilePhrases, findPhrases, literalPhrases, type Phrases } from '../../words/index.ts'
import { type Detector, findingAt } from '../finding.ts'
import { pastTheMarketplace } from '../lists/payments.ts'

const past = compilePhrases(pastTheMarketplace)

export const findOffPlatformPayment: Detector = (draft) =>
  findPhrases(draft.words, past).map((span) =>
    findingAt(draft, span, { kind: 'offPlatformPayment', shape: 'talk', certainty: 'likely' }),
  )

/** The same rules are asked for with every message. */
const compiledOf = new WeakMap<readonly string[], Phrases>()

/** Words the site itself watches for; small and large letters, marks and punctuation do not matter. */
export function keyPhraseDetector(phrases: readonly string[]): Detector {
  const compiled = compiledOf.get(phrases) ?? literalPhrases(phrases)
  compiledOf.set(phrases, compiled)
  return (draft) =>
    findPhrases(draft.words, compiled).map((span) =>
      findingAt(draft, span, { kind: 'keyPhrase', shape: 'phrase' }),
    )
}
