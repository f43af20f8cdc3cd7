import type { IntakeField } from '@parley/shared/protocol/reading.ts'
import type { Hours, SiteSettings, Topic } from '@parley/shared/protocol/settings.ts'

export type StoredSettings = Omit<SiteSettings, 'siteId' | 'siteKey'>

const working = [{ from: '08:00', to: '20:00' }]

export const workingHours: Hours = {
  timeZone: 'Europe/Lisbon',
  week: [working, working, working, working, working, [], []],
  closedOn: [],
}

export const alwaysOpen: Hours = {
  timeZone: 'Europe/Lisbon',
  week: Array.from({ length: 7 }, () => [{ from: '00:00', to: '24:00' }]),
  closedOn: [],
}

const topics: Topic[] = [
  { id: 'order', label: 'Order', queueId: null, for: 'both' },
  { id: 'delivery', label: 'Delivery', queueId: null, for: 'both' },
  { id: 'return', label: 'Return or refund', queueId: null, for: 'both' },
  { id: 'payment', label: 'Payment', queueId: null, for: 'support' },
  { id: 'account', label: 'Account', queueId: null, for: 'support' },
  { id: 'product', label: 'Product', queueId: null, for: 'both' },
]

const role: IntakeField = {
  id: 'role',
  label: 'Are you buying or selling?',
  type: 'role',
  isRequired: true,
  isPrivate: false,
  filledBy: 'role',
}
const name: IntakeField = {
  id: 'name',
  label: 'Your name',
  type: 'text',
  isRequired: true,
  isPrivate: false,
  filledBy: 'name',
}
const email: IntakeField = {
  id: 'email',
  label: 'E-mail',
  type: 'email',
  isRequired: false,
  help: 'Only the marketplace sees it, to answer when you are away.',
  isPrivate: true,
  filledBy: 'email',
}
const topic: IntakeField = {
  id: 'topic',
  label: 'What is it about?',
  type: 'topic',
  isRequired: true,
  isPrivate: false,
}
const order: IntakeField = {
  id: 'order',
  label: 'Order number',
  type: 'order',
  isRequired: false,
  isPrivate: false,
  topics: ['order', 'delivery', 'return'],
  filledBy: 'order',
}
const description: IntakeField = {
  id: 'description',
  label: 'How can we help?',
  type: 'longText',
  isRequired: true,
  isPrivate: false,
}

export function defaultSettings(siteName: string): StoredSettings {
  return {
    allowedOrigins: [],
    branding: {
      name: siteName,
      colour: '#0f6b5c',
      launcherText: null,
      side: 'end',
      welcome: '<p>Hello. How can we help?</p>',
      closing: '<p>Thank you for writing to us.</p>',
      notice: 'Chats are stored, and the marketplace may read them to help and to keep people safe.',
      fallbackUrl: null,
    },
    hours: workingHours,
    topics,
    intake: {
      support: { fields: [role, name, email, topic, order, description] },
      vendor: {
        fields: [name, email, { ...description, label: 'What would you like to ask?' }],
      },
    },
    isIdentityRequired: false,
    totpRoles: [],
    isEnabled: true,
  }
}
