/** What can be turned on for some before it is for all. A feature of the code has its line here, and nowhere else. */
export const features = {
  'moderation.typingPreview': {
    label: 'Typing preview',
    help: 'Moderators who watch see text as it is typed, where the notice of the site says so.',
    unit: 'contact',
    isOnByDefault: true,
  },
  standingRules: {
    label: 'Standing by rule',
    help: 'Vendors are warned, restricted and suspended by the site’s rules, where these are on.',
    unit: 'vendor',
    isOnByDefault: true,
  },
  'terms.masking': {
    label: 'Masking of contact details',
    help: 'Contact details and payment talk between vendor and buyer are masked or held by rule.',
    unit: 'vendor',
    isOnByDefault: true,
  },
  vendorChat: {
    label: 'Chat with vendors',
    help: 'Buyers may choose the vendor of a product or order instead of the marketplace.',
    unit: 'vendor',
    isOnByDefault: true,
  },
} as const satisfies Record<string, FeatureDefinition>

export interface FeatureDefinition {
  label: string
  help: string
  /** What is chosen as a whole, so that nobody meets both sides: a person, or everybody with one vendor. */
  unit: 'contact' | 'vendor'
  /** Where the site has decided nothing. */
  isOnByDefault: boolean
}

export type Feature = keyof typeof features
export const featureNames = Object.keys(features) as Feature[]
