/** English, why the terms keep a message back: fetched by the few who are refused. Keys are reasons of refusals. */
export const enTerms = {
  'terms.email': 'Please leave out e-mail addresses: everything about your order can be settled here.',
  'terms.phone': 'Please leave out phone numbers: everything about your order can be settled here.',
  'terms.link': 'Links cannot be sent in this conversation. Please describe what you mean, or attach a file.',
  'terms.handle': 'Please stay in this conversation: what is agreed elsewhere cannot be protected.',
  'terms.paymentAccount':
    'Please leave out bank and wallet details: payments are protected only at the checkout.',
  'terms.offPlatformPayment':
    'Please keep payments at the checkout: elsewhere they cannot be protected or refunded.',
  'terms.abuse': 'Please put this in kinder words, and it can be sent.',
  'terms.keyPhrase': 'This message holds words that cannot be sent here. Please put it another way.',
  'terms.staffName': 'This name reads like one of the marketplace’s own people. Please give yours.',
  'held.full': 'Several of your messages are being checked. Please wait until they are, then go on.',
}

export type TermsWords = typeof enTerms
