import type { RuledKind, TermAction, TermDirection, TermTrial } from '@parley/shared/protocol/terms.ts'

export const kindWords: Record<TermTrial['kinds'][number]['kind'], string> = {
  email: 'E-mail addresses',
  phone: 'Phone numbers',
  link: 'Links',
  handle: 'Handles elsewhere',
  paymentAccount: 'Payment accounts',
  offPlatformPayment: 'Talk of paying elsewhere',
  abuse: 'Abuse',
  keyPhrase: 'Your key phrases',
  card: 'Card numbers',
  cvv: 'Card check numbers',
  blockedHost: 'Blocked hosts',
}

export const kindHelp: Record<RuledKind, string> = {
  email: 'Also spelled out: name at shop dot example',
  phone: 'Also in words and spread over a line',
  link: 'Addresses of pages, with or without https',
  handle: 'Accounts on messengers and networks',
  paymentAccount: 'IBAN, wallets, payment links',
  offPlatformPayment: '“Pay me directly and save the fee”',
  abuse: 'Insults and slurs, in several languages',
  keyPhrase: 'What you list under Key phrases',
}

export const actionWords: Record<TermAction, string> = {
  allow: 'Allow',
  flag: 'Flag',
  mask: 'Mask',
  hold: 'Hold',
  refuse: 'Refuse',
}

export const actionEffects: Record<TermAction, string> = {
  allow: 'Sent as it is.',
  flag: 'Sent; moderators see a flag.',
  mask: 'Sent with the words covered.',
  hold: 'Waits until a moderator lets it go.',
  refuse: 'Not sent; the writer is told why.',
}

export const directionWords: Record<TermDirection, string> = {
  vendorToBuyer: 'Vendor to buyer',
  buyerToVendor: 'Buyer to vendor',
  vendorToVendor: 'Vendor to vendor',
  buyerToBuyer: 'Buyer to buyer',
  support: 'With support',
}
