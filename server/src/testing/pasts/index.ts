import { pastsOfConversations } from './conversations.ts'
import type { NameOfPast, Past, PastWorld } from './past.ts'
import { pastsOfReviews } from './reviews.ts'
import { pastsOfSite } from './site.ts'
import { pastsOfVendors } from './vendors.ts'

export { type NameOfPast, namesOfPasts, type Past } from './past.ts'

/** A past for every command that could not be answered without one; the compiler keeps them complete. */
export function createPasts(world: PastWorld): Record<NameOfPast, Past> {
  return {
    ...pastsOfConversations(world),
    ...pastsOfReviews(world),
    ...pastsOfVendors(world),
    ...pastsOfSite(world),
  }
}
