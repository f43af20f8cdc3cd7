/** English, the words of the form. */
export const enForm = {
  start: 'Start chat',
  leave: 'Send message',
  before: 'Before you start',
  fields: '{0} short field, then you can write.|{0} short fields, then you can write.',
  leaveTitle: 'Leave a message',
  leaveHere: 'We answer here, in this chat.',
  leaveIntro: 'We answer here, and by email when we have your address.',
  optional: '(optional)',
  onlyMarket: 'Only {0} sees it. {1} does not.',
  noCards: 'Please leave out card numbers and passwords.',
  missing: 'Please fill this in.',
  pick: 'Please choose one.',
  emailEnd: 'The end is missing. Example: {0}',
  emailShape: 'This is not an email address. Example: {0}',
  tooLong: 'This is {0} characters. It can be up to {1}.',
  chooseOrder: 'Choose an order',
  noOrder: 'Not about an order',
  buyer: 'I buy here',
  seller: 'I sell here',
}

export type FormWords = typeof enForm
