import type { ProductKey, VendorKey } from './cast.ts'

export type BuyerKey = 'marta' | 'omar' | 'oluwaseun'

export interface PastConversation {
  with: VendorKey | 'support' | 'payments'
  buyer: BuyerKey
  /** Days before the demo's first start. */
  daysAgo: number
  about?: { orderId: string } | { product: ProductKey }
  topic: { id: string; label: string }
  /** Who answers; nobody has taken it when absent. */
  answeredBy?: 'elin' | 'nils' | 'wren' | 'priya' | 'jonas'
  /** Minutes until somebody took it. */
  takenAfter?: number
  /** `>` the buyer, `<` the one who answers, `#` a note for the team. */
  lines: string[]
  rating?: { stars: 1 | 2 | 3 | 4 | 5; words: string }
  /** The answer waits for the buyer, as a number on the launcher. */
  isUnread?: true
}

const product = { id: 'product', label: 'Product' }
const delivery = { id: 'delivery', label: 'Delivery' }
const returns = { id: 'return', label: 'Return or refund' }
const payment = { id: 'payment', label: 'Payment' }
const account = { id: 'account', label: 'Account' }

/** What was said at Marlow before the demo starts: enough for ratings, usual reply times and a living inbox. */
export const pastConversations: readonly PastConversation[] = [
  {
    with: 'kiln',
    buyer: 'oluwaseun',
    daysAgo: 24,
    about: { product: 'bowl' },
    topic: product,
    answeredBy: 'elin',
    takenAfter: 4,
    lines: [
      '> Can the blue bowl go in the oven?',
      '< It can, up to 220 °C. Let it warm up with the oven rather than putting it in hot.',
      '> Perfect, thank you.',
    ],
    rating: { stars: 5, words: 'Quick and exact.' },
  },
  {
    with: 'kiln',
    buyer: 'omar',
    daysAgo: 19,
    about: { orderId: '47950' },
    topic: delivery,
    answeredBy: 'elin',
    takenAfter: 12,
    lines: [
      '> Do the cups come in the same parcel as the lamp?',
      '< They are two parcels: we make the cups, Lumen & Oak the lamp. Ours left this morning.',
      '> Good to know.',
    ],
    rating: { stars: 4, words: '' },
  },
  {
    with: 'kiln',
    buyer: 'marta',
    daysAgo: 16,
    about: { product: 'pourOver' },
    topic: product,
    answeredBy: 'elin',
    takenAfter: 7,
    lines: [
      '> Which paper filters fit the pour-over?',
      '< Size 02, cone shaped. We put ten of them in the box.',
      '> Then I will order it.',
      '< Lovely. Write here if anything is unclear when it arrives.',
    ],
    rating: { stars: 5, words: 'They even said which filters.' },
  },
  {
    with: 'kiln',
    buyer: 'marta',
    daysAgo: 9,
    about: { product: 'cups' },
    topic: product,
    answeredBy: 'elin',
    takenAfter: 9,
    lines: ['> Are the cups dishwasher safe?', '< Yes, on the upper rack. The speckles stay as they are.'],
  },
  {
    with: 'kiln',
    buyer: 'oluwaseun',
    daysAgo: 7,
    about: { orderId: '48102' },
    topic: returns,
    answeredBy: 'elin',
    takenAfter: 31,
    lines: [
      '> The bowl has a hairline crack near the rim.',
      '< I am sorry. Could you send a photo? Then a new one leaves today.',
      '> I will take one tonight.',
      '< A new bowl is on its way. Keep the old one, it still holds fruit.',
      '> That is kind, thank you.',
    ],
    rating: { stars: 5, words: 'A new bowl the next day.' },
  },
  {
    with: 'kiln',
    buyer: 'marta',
    daysAgo: 0.06,
    about: { orderId: '48213' },
    topic: delivery,
    answeredBy: 'elin',
    takenAfter: 3,
    lines: [
      '> Hello, did both pieces leave together?',
      '< They did, in one box. The courier says Saturday before noon.',
      '> And if nobody is at home?',
    ],
  },
  {
    with: 'nordvik',
    buyer: 'marta',
    daysAgo: 21,
    about: { product: 'satchel' },
    topic: product,
    answeredBy: 'nils',
    takenAfter: 18,
    lines: [
      '> Does a 14 inch laptop fit in the day satchel?',
      '< It does, with a finger of room. The inner pocket is felted.',
      '> Then it is what I was looking for.',
    ],
    rating: { stars: 5, words: '' },
  },
  {
    with: 'nordvik',
    buyer: 'omar',
    daysAgo: 18,
    about: { product: 'belt' },
    topic: product,
    answeredBy: 'nils',
    takenAfter: 26,
    lines: ['> I wear 34 inch trousers. Is 95 cm right?', '< 95 is right: it closes on the middle hole.'],
    rating: { stars: 4, words: 'Fits.' },
  },
  {
    with: 'nordvik',
    buyer: 'oluwaseun',
    daysAgo: 13,
    about: { product: 'belt' },
    topic: product,
    answeredBy: 'nils',
    takenAfter: 44,
    lines: [
      '> Can the belt be shortened?',
      '< Yes, from the buckle end. A cobbler does it in five minutes, or send it to us.',
    ],
    rating: { stars: 4, words: '' },
  },
  {
    with: 'nordvik',
    buyer: 'marta',
    daysAgo: 2,
    about: { orderId: '48377' },
    topic: delivery,
    answeredBy: 'nils',
    takenAfter: 22,
    lines: ['> When does my bag leave?', '< Your bag left our workshop today.'],
    isUnread: true,
  },
  {
    with: 'nordvik',
    buyer: 'omar',
    daysAgo: 0.02,
    about: { orderId: '48401' },
    topic: delivery,
    lines: ['> Could the belt be gift wrapped? It is for Thursday.'],
  },
  {
    with: 'lumen',
    buyer: 'omar',
    daysAgo: 15,
    about: { orderId: '47950' },
    topic: product,
    answeredBy: 'wren',
    takenAfter: 55,
    lines: [
      '> Which bulb does the reading lamp take?',
      '< E14, at most 6 watts LED. One is in the box.',
      '> Found it, thanks.',
    ],
    rating: { stars: 4, words: '' },
  },
  {
    with: 'lumen',
    buyer: 'oluwaseun',
    daysAgo: 10,
    about: { orderId: '48102' },
    topic: delivery,
    answeredBy: 'wren',
    takenAfter: 140,
    lines: [
      '> The stool came, the lamp did not.',
      '< The lamp is a day behind, it waits for brass fittings. It leaves tomorrow.',
      '> It would have been good to hear that before.',
      '< You are right. I have taken the delivery cost off.',
    ],
    rating: { stars: 3, words: 'Solved, but I had to ask.' },
  },
  {
    with: 'lumen',
    buyer: 'marta',
    daysAgo: 6,
    about: { product: 'stool' },
    topic: product,
    answeredBy: 'wren',
    takenAfter: 38,
    lines: ['> How tall is the stool?', '< 46 cm, so it fits a dining table.'],
    rating: { stars: 5, words: '' },
  },
  {
    with: 'payments',
    buyer: 'marta',
    daysAgo: 12,
    topic: payment,
    answeredBy: 'priya',
    takenAfter: 3,
    lines: [
      '> My card was charged twice for one order.',
      '# Bank shows one capture and one hold. The hold falls away by itself.',
      '< One of the two is a hold, not a charge. It disappears within three days.',
      '> It has gone, thank you.',
    ],
    rating: { stars: 5, words: 'Clear answer.' },
  },
  {
    with: 'payments',
    buyer: 'omar',
    daysAgo: 8,
    topic: returns,
    answeredBy: 'jonas',
    takenAfter: 5,
    lines: [
      '> Where is my refund for the cups?',
      '< We sent it on Tuesday. Your bank needs three to five days.',
      '> Then I will wait.',
    ],
    rating: { stars: 4, words: '' },
  },
  {
    with: 'support',
    buyer: 'oluwaseun',
    daysAgo: 5,
    topic: account,
    answeredBy: 'priya',
    takenAfter: 2,
    lines: [
      '> My name does not fit the parcel label.',
      '# Label field takes 32 characters. Asked product ops to raise it.',
      '< I shortened it to “O. Adebayo-Featherstonehaugh” on the label. Your account keeps the full name.',
      '> That works.',
    ],
    rating: { stars: 5, words: 'Finally somebody who fixed it.' },
  },
  {
    with: 'support',
    buyer: 'marta',
    daysAgo: 3,
    about: { orderId: '48377' },
    topic: delivery,
    answeredBy: 'jonas',
    takenAfter: 6,
    lines: [
      '> Can I change the delivery address?',
      '< Until the parcel leaves, yes. Shall I change it to your studio?',
      '> Please do.',
      '< Done. You will get a new confirmation by e-mail.',
    ],
  },
  {
    with: 'payments',
    buyer: 'oluwaseun',
    daysAgo: 0.03,
    topic: payment,
    answeredBy: 'priya',
    takenAfter: 4,
    lines: [
      '> Your page says the payment was declined, but my bank says it went through.',
      '< I am looking at it now. Which card did you use?',
      '> The one that ends in 4417.',
    ],
  },
  {
    with: 'support',
    buyer: 'omar',
    daysAgo: 0.01,
    topic: account,
    lines: ['> I cannot change my e-mail address, the page says it is taken.'],
  },
]
