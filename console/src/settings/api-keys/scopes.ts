import type { KeyScope } from '@parley/shared/policy/key-scopes.ts'

export const scopeWords: Record<KeyScope, { label: string; help: string }> = {
  'applications.write': {
    label: 'Hand in applications',
    help: 'For people who want to become a vendor. They are reviewed like any other.',
  },
  'products.write': {
    label: 'Save products',
    help: 'Say which products are whose, so that a chat is about what its vendor sells.',
  },
  'vendors.read': {
    label: 'Read where vendors stand',
    help: 'State, limits and figures. No person, no conversation.',
  },
  'rooms.write': {
    label: 'Open rooms for buyers',
    help: 'Brings signed-in buyers together, where rooms for buyers are on. Reads nothing.',
  },
}
