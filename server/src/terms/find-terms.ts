import type { TermKind } from '@parley/shared/protocol/terms.ts'
import { findAbuse } from './detectors/abuse.ts'
import { findCards } from './detectors/card.ts'
import { findCvvs } from './detectors/cvv.ts'
import { findEmails } from './detectors/email.ts'
import { findHandles } from './detectors/handle.ts'
import { findLinks } from './detectors/link.ts'
import { findPaymentAccounts } from './detectors/payment-account.ts'
import { findPhones } from './detectors/phone.ts'
import { findOffPlatformPayment, keyPhraseDetector } from './detectors/phrase-detectors.ts'
import { draftOf, type Finding, overlaps } from './finding.ts'
import { numberWords } from './lists/number-words.ts'

/** No message is longer; whatever is, is read this far. Cards are looked for in all of it. */
const mostUnits = 20_000

/** When two say something about the same words, the earlier of these is right. */
const precedence: readonly (readonly TermKind[])[] = [
  ['card'],
  ['cvv'],
  ['paymentAccount'],
  ['email'],
  ['handle', 'link'],
  ['phone'],
]

export function findTerms(
  text: string,
  { keyPhrases, previousText }: { keyPhrases: readonly string[]; previousText?: string },
): Finding[] {
  const draft = draftOf(text.slice(0, mostUnits))
  const hasSecrets = previousText !== undefined || !cannotHoldDigits(text)
  const found = [
    ...(hasSecrets ? [...findCards(text, previousText), ...findCvvs(draft)] : []),
    ...[findPaymentAccounts, findEmails, findLinks, findHandles, findPhones].flatMap((find) => find(draft)),
  ]
  const talk = [findOffPlatformPayment, findAbuse, keyPhraseDetector(keyPhrases)].flatMap((find) =>
    find(draft),
  )
  return [...unambiguous(found), ...talk].sort((one, other) => one.start - other.start || one.end - other.end)
}

/** Only what is masked whoever reads it: all that is looked for where the marketplace itself answers. */
export function findPaymentSecrets(text: string, previousText?: string): Finding[] {
  if (previousText === undefined && cannotHoldDigits(text)) return []
  return unambiguous([...findCards(text, previousText), ...findCvvs(draftOf(text.slice(0, mostUnits)))])
}

const fewestDigits = 3

/** Most messages: plain letters without as many digits, written or said, as the shortest secret has. */
function cannotHoldDigits(text: string): boolean {
  if (/[^\n -~]|\d\D*\d\D*\d/.test(text)) return false
  let said = 0
  for (const word of text.toLowerCase().split(/[^a-z]+/)) if (numberWords.has(word)) said += 1
  return said < fewestDigits
}

function unambiguous(found: readonly Finding[]): Finding[] {
  const kept: Finding[] = []
  for (const kindsAlike of precedence) {
    const ranked = found.filter(({ kind }) => kindsAlike.includes(kind))
    const free = ranked.filter(
      (one) => !kept.some((other) => overlaps(one, other) && !isWish(one) && !isWish(other)),
    )
    kept.push(...free)
  }
  return kept
}

/** "WhatsApp me on …": the wish and the number are both said. */
function isWish({ shape }: Finding): boolean {
  return shape === 'invitation'
}
