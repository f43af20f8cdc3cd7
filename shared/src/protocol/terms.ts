/** What is recognised in a message. Cards and their check numbers are masked whatever the rules say. */
export const ruledKinds = [
  'email',
  'phone',
  'link',
  'handle',
  'paymentAccount',
  'offPlatformPayment',
  'abuse',
  'keyPhrase',
] as const
export const alwaysMasked = ['card', 'cvv'] as const
export type RuledKind = (typeof ruledKinds)[number]
export type TermKind = RuledKind | (typeof alwaysMasked)[number]

/** From the mildest to the strictest: of several in one message the strictest holds for the message. */
export const termActions = ['allow', 'flag', 'mask', 'hold', 'refuse'] as const
export type TermAction = (typeof termActions)[number]

/** Conversations with support follow no rules but the masking of cards and the list of blocked hosts. */
export type RuledDirection = 'vendorToBuyer' | 'buyerToVendor' | 'vendorToVendor' | 'buyerToBuyer'
export type TermDirection = RuledDirection | 'support'

export interface TermRules {
  vendorToBuyer: Record<RuledKind, TermAction>
  buyerToVendor: Record<RuledKind, TermAction>
  /** In rooms. */
  vendorToVendor: Record<RuledKind, TermAction>
  buyerToBuyer: Record<RuledKind, TermAction>
  /** The site's own words to watch for; small and large letters and punctuation do not matter. */
  keyPhrases: string[]
  /** Nobody is sent to these or to what is below them. As browsers ask for them: lower case, punycode. */
  blockedHosts: string[]
  /** What a sender is told when a message is refused, where the site has words of its own. */
  sentences: Partial<Record<RuledKind, string>>
  /** Switches: every link from that side is refused, whatever the rules above say. */
  linksOff: { vendors: boolean; buyers: boolean; vendorIds: string[] }
}

/**
 * What holds in rooms until a site says otherwise: vendors know how to find one another, so that addresses and links are
 * only noticed; between strangers who buy, they are kept back like everywhere else.
 */
export const standardRoomRules: Pick<TermRules, 'vendorToVendor' | 'buyerToBuyer'> = {
  vendorToVendor: {
    email: 'flag',
    phone: 'flag',
    link: 'flag',
    handle: 'flag',
    paymentAccount: 'mask',
    offPlatformPayment: 'flag',
    abuse: 'flag',
    keyPhrase: 'flag',
  },
  buyerToBuyer: {
    email: 'mask',
    phone: 'mask',
    link: 'hold',
    handle: 'mask',
    paymentAccount: 'refuse',
    offPlatformPayment: 'hold',
    abuse: 'hold',
    keyPhrase: 'flag',
  },
}

/** What the sender of a refused message is told where the site has no words of its own; the widget says it in its language. */
export const standardSentences: Record<RuledKind, string> = {
  email: 'Please leave out e-mail addresses: everything about your order can be settled here.',
  phone: 'Please leave out phone numbers: everything about your order can be settled here.',
  link: 'Links cannot be sent in this conversation. Please describe what you mean, or attach a file.',
  handle: 'Please stay in this conversation: what is agreed elsewhere cannot be protected.',
  paymentAccount: 'Please leave out bank and wallet details: payments are protected only at the checkout.',
  offPlatformPayment: 'Please keep payments at the checkout: elsewhere they cannot be protected or refunded.',
  abuse: 'Please put this in kinder words, and it can be sent.',
  keyPhrase: 'This message holds words that cannot be sent here. Please put it another way.',
}

/** Saved once and never changed; version 0 is what a site begins with. */
export interface TermRulesVersion {
  version: number
  rules: TermRules
  at: string | null
  by: string | null
}

export interface TermSample {
  conversationId: string
  messageId: string
  direction: TermDirection
  at: string
  /** As the rules would have left it. */
  text: string
  action: TermAction
}

/** What rules would have done to the newest messages between vendors and buyers. */
export interface TermTrial {
  messages: number
  /** There were more in the time than are read. */
  isCut: boolean
  verdicts: Record<TermAction, number>
  kinds: { kind: TermKind | 'blockedHost'; messages: number; samples: TermSample[] }[]
}
