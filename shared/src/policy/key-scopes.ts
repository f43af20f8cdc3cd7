import type { Action } from './policy.ts'

export const keyScopes = ['applications.write', 'products.write', 'vendors.read', 'rooms.write'] as const
export type KeyScope = (typeof keyScopes)[number]

/** What each scope opens of what the table leaves to keys. An action without a scope is open to no key. */
export const actionsOfScope: Record<KeyScope, readonly Action[]> = {
  'applications.write': ['vendor.apply'],
  'products.write': ['vendor.products'],
  'vendors.read': ['vendor.standing'],
  'rooms.write': ['room.openForBuyers'],
}
