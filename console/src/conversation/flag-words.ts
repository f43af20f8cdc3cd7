const words: Record<string, string> = {
  email: 'email address',
  phone: 'phone number',
  link: 'link',
  handle: 'handle elsewhere',
  paymentAccount: 'payment account',
  offPlatformPayment: 'payment elsewhere',
  abuse: 'abuse',
  keyPhrase: 'key phrase',
  card: 'card number',
  cvv: 'card check number',
  tone: 'tone',
  probation: 'probation',
  byHand: 'everything is held here',
  reported: 'reported',
}

/** What a rule recognised, in people's words; a kind of a site's own is shown as it is called. */
export function flagWord(kind: string): string {
  return words[kind] ?? kind
}
