import type { Action, Fact, Rule, SignalName } from '@parley/shared/triggers/rule.ts'

export const signalWords: Record<SignalName, string> = {
  page: 'A page is shown',
  time: 'Time on the page',
  scroll: 'Scrolled past',
  idle: 'Nothing done for',
  exit: 'About to leave',
  launcher: 'Rests on the launcher',
  hover: 'Rests on an element',
  click: 'Clicks an element',
  invalid: 'A form cannot be sent',
  event: 'The page reports',
}
/** What its amount is counted in, where it has one. */
export const amountUnits: Partial<Record<SignalName, { label: string; start: number }>> = {
  time: { label: 'Seconds', start: 20 },
  idle: { label: 'Seconds', start: 30 },
  scroll: { label: 'Percent', start: 60 },
  launcher: { label: 'Milliseconds', start: 700 },
  hover: { label: 'Milliseconds', start: 700 },
}
/** What `at` means, where there is one. */
export const atLabels: Partial<Record<SignalName, { label: string; example: string }>> = {
  click: { label: 'Element', example: '[data-parley=return]' },
  hover: { label: 'Element', example: '#size-guide' },
  invalid: { label: 'Form, or empty for any', example: '#register' },
  event: { label: 'Name', example: 'payment_declined' },
}
export const factWords: Record<Fact | 'segment', string> = {
  path: 'Page',
  role: 'Role',
  signedIn: 'Signed in',
  device: 'Device',
  language: 'Language',
  visits: 'Visits',
  cartValue: 'Cart value',
  orderState: 'Order state',
  intent: 'Intent',
  field: 'Failing field',
  declineClass: 'Bank’s answer',
  open: 'Opening hours',
  support: 'Support is there',
  vendor: 'Vendor is online',
  segment: 'Segment',
}
export const fixedValues: Partial<Record<Fact, { value: string; label: string }[]>> = {
  role: [
    { value: 'buyer', label: 'Buyer' },
    { value: 'vendor', label: 'Seller' },
    { value: 'guest', label: 'Guest' },
  ],
  device: [
    { value: 'phone', label: 'Phone' },
    { value: 'computer', label: 'Computer' },
  ],
  ...Object.fromEntries(
    (['signedIn', 'open', 'support', 'vendor'] as const).map((fact) => [
      fact,
      [
        { value: 'yes', label: 'Yes' },
        { value: 'no', label: 'No' },
      ],
    ]),
  ),
}
export const showWords: Record<Action['show'], string> = {
  teaser: 'Teaser beside the launcher',
  bubble: 'Message bubble',
  badge: 'Mark on the launcher',
  article: 'Offer an article',
  open: 'Open the chat',
}
export const withWords: Record<NonNullable<Action['with']>, string> = {
  choice: 'Let them choose',
  vendor: 'The vendor of the page',
  support: 'Support',
}
export const oftenDays = [
  { days: 0, label: 'per page' },
  { days: 1, label: 'a day' },
  { days: 7, label: 'a week' },
  { days: 30, label: 'in 30 days' },
  { days: 3_650, label: 'ever' },
] as const

export const freshRule: Rule = {
  when: [{ on: 'click', at: '[data-parley=return]' }],
  afterSeconds: 1,
  do: { show: 'teaser', title: 'Can we help?', text: '', button: 'Ask', with: 'choice' },
  often: { times: 1, days: 1 },
}
