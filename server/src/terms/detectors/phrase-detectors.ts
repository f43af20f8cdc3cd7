import { compilePhrases, findPhrases, literalPhrases } from '../../words/index.ts'
import { type Detector, findingAt } from '../finding.ts'
import { pastTheMarketplace } from '../lists/payments.ts'

const past = compilePhrases(pastTheMarketplace)

export const findOffPlatformPayment: Detector = (draft) =>
  findPhrases(draft.words, past).map((span) =>
    findingAt(draft, span, { kind: 'offPlatformPayment', shape: 'talk', certainty: 'likely' }),
  )

/** Words the site itself watches for; small and large letters, marks and punctuation do not matter. */
export function keyPhraseDetector(phrases: readonly string[]): Detector {
  const compiled = literalPhrases(phrases)
  return (draft) =>
    findPhrases(draft.words, compiled).map((span) =>
      findingAt(draft, span, { kind: 'keyPhrase', shape: 'phrase' }),
    )
}
