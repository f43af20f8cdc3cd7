/** What can be turned on for some before it is for all. A feature of the code has its line here, and nowhere else. */
export const features = {
  vendorChat: {
    label: 'Chat with vendors',
    help: 'Buyers may choose the vendor of a product or order instead of the marketplace.',
    unit: 'vendor',
    isOnByDefault: true,
  },
  'rooms.vendors': {
    label: 'Rooms of vendors',
    help: 'A vendor’s people choose another shop in their inbox and write to it; both shops must have it. The terms hold there, and moderators watch over it.',
    unit: 'vendor',
    isOnByDefault: false,
  },
  'rooms.buyers': {
    label: 'Rooms of buyers',
    help: 'Signed-in buyers whom your own server brings together write to one another, under the names it gives them. The terms hold there, and moderators watch over it.',
    unit: 'contact',
    isOnByDefault: false,
  },
  'terms.masking': {
    label: 'Masking of contact details',
    help: 'Contact details and payment talk between vendor and buyer are masked or held by rule.',
    unit: 'vendor',
    isOnByDefault: true,
  },
  'moderation.typingPreview': {
    label: 'Typing preview',
    help: 'Moderators see text as it is typed, while they watch. As soon as anybody has it, the chat’s notice and the vendors’ composer say so to all.',
    unit: 'contact',
    isOnByDefault: false,
  },
  tone: {
    label: 'Tone',
    help: 'Staff see how messages sound and how dissatisfied a customer seems, and the board is ordered by it too.',
    unit: 'contact',
    isOnByDefault: true,
  },
  reviews: {
    label: 'Reviews by rule',
    help: 'Closed conversations are chosen for review by the site’s rules. Somebody can still pick one by hand.',
    unit: 'answering',
    isOnByDefault: true,
  },
  standingRules: {
    label: 'Standing by rule',
    help: 'Vendors are warned, restricted and suspended by the site’s rules, where these are on.',
    unit: 'vendor',
    isOnByDefault: true,
  },
} as const satisfies Record<string, FeatureDefinition>

export interface FeatureDefinition {
  label: string
  help: string
  /** What is chosen as a whole, so that nobody meets both sides. */
  unit: Unit
  /** Where the site has decided nothing. */
  isOnByDefault: boolean
}

/** A person, everybody with one vendor, or whoever answers: a vendor as a whole, and of support each alone. */
export type Unit = 'contact' | 'vendor' | 'answering'

export type Feature = keyof typeof features
export const featureNames = Object.keys(features) as Feature[]
