import type { VendorKey } from './cast.ts'

interface Reply {
  shortcut: string
  title: string
  text: string
}

export const marketplaceReplies: readonly Reply[] = [
  {
    shortcut: 'hello',
    title: 'Greeting',
    text: 'Hello {{customer.firstName}}, this is {{agent.name}} from {{site.name}}. I am reading what you wrote and will be with you in a moment.',
  },
  {
    shortcut: 'order-check',
    title: 'Looking at the order',
    text: 'Thank you, {{customer.firstName}}. I have order {{order.id}} in front of me and am checking where it is.',
  },
  {
    shortcut: 'refund-time',
    title: 'How long a refund takes',
    text: 'Your refund for order {{order.id}} is on its way. Banks usually show it within 3 to 5 working days.',
  },
  {
    shortcut: 'return-steps',
    title: 'How to return an item',
    text: 'You can return it within 14 days:\n1. Open order {{order.id}} and choose Return item.\n2. Print the label, or show the code at the counter.\n3. Hand in the parcel. The refund starts when it is scanned.',
  },
  {
    shortcut: 'photo',
    title: 'Ask for a photo',
    text: 'Could you send a photo of the item and of the parcel as it arrived? That lets us decide at once.',
  },
  {
    shortcut: 'bye',
    title: 'Goodbye',
    text: 'Glad that is settled, {{customer.firstName}}. Write here again at any time; this chat stays with you.',
  },
]

export const vendorReplies: Record<VendorKey, readonly Reply[]> = {
  kiln: [
    {
      shortcut: 'care',
      title: 'Caring for stoneware',
      text: 'Our stoneware is safe in the dishwasher and the microwave. Please let it cool before cold water touches it.',
    },
    {
      shortcut: 'made',
      title: 'Made to order',
      text: 'Each piece is thrown for you and leaves the studio within five working days. I will write when it is packed.',
    },
  ],
  nordvik: [
    {
      shortcut: 'care',
      title: 'Caring for leather',
      text: 'Wipe it with a dry cloth, and wax it twice a year. If it gets wet, let it dry away from heat.',
    },
    {
      shortcut: 'repair',
      title: 'Free repair',
      text: 'Repairs are free for ten years. Send us a photo of the seam and we will arrange the rest.',
    },
  ],
  lumen: [
    {
      shortcut: 'bulb',
      title: 'Which bulb fits',
      text: 'The lamp takes any E14 bulb up to 25 W; one is in the box.',
    },
    {
      shortcut: 'parts',
      title: 'Spare parts',
      text: 'Every part can be replaced. Tell me the number under the foot and I will send what you need.',
    },
  ],
}
