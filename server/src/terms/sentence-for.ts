import type { RuledKind, TermRules } from '@parley/shared/protocol/terms.ts'

const sentences: Record<RuledKind, string> = {
  email: 'Please leave out e-mail addresses: everything about your order can be settled here.',
  phone: 'Please leave out phone numbers: everything about your order can be settled here.',
  link: 'Links cannot be sent in this conversation. Please describe what you mean, or attach a file.',
  handle: 'Please stay in this conversation: what is agreed elsewhere cannot be protected.',
  paymentAccount: 'Please leave out bank and wallet details: payments are protected only at the checkout.',
  offPlatformPayment: 'Please keep payments at the checkout: elsewhere they cannot be protected or refunded.',
  abuse: 'Please put this in kinder words, and it can be sent.',
  keyPhrase: 'This message holds words that cannot be sent here. Please put it another way.',
}

/** What the sender of a refused message is told: the site's own words, or ours. */
export function sentenceFor(kind: RuledKind, rules: Pick<TermRules, 'sentences'>): string {
  return rules.sentences[kind] ?? sentences[kind]
}
