import type { Actor } from '@parley/shared/people.ts'
import type { Parts } from '../app/parts.ts'
import { isOn } from '../rollout/index.ts'

/** Chat with a vendor may be on for some only; it is the same answer for the choice and for the start. */
export function mayChooseVendor(parts: Parts, actor: Actor, vendorId: string): Promise<boolean> {
  if (actor.kind !== 'customer') return Promise.resolve(false)
  return isOn(parts, actor.siteId, 'vendorChat', {
    vendorId,
    contactId: actor.contactId,
    role: actor.role === 'vendor' ? 'seller' : 'buyer',
    isVerified: actor.isVerified,
  })
}
