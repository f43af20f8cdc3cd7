import { createHash } from 'node:crypto'
import type { ReviewReason, ReviewRules } from '@parley/shared/protocol/reviews.ts'

/** Until somebody chooses: enough to learn something, and nothing that went wrong is missed. */
export const standardRules: ReviewRules = {
  sharePercent: 5,
  lowRatingUpTo: 2,
  flagged: true,
  firstOfVendor: 5,
  perAgentAndWeek: 2,
  reviewerIds: [],
}

/** What the rules weigh of one closed conversation. */
export interface ClosedFacts {
  conversationId: string
  rating: number | null
  isFlagged: boolean
  /** How many of the vendor's conversations were closed before this one; null when it is not a vendor's. */
  earlierOfVendor: number | null
  /** Reviews that were chosen for the person who answered, in the last seven days. */
  chosenForAgent: number
}

/** Every rule that chooses it; none, and it is left alone. */
export function reasonsFor(rules: ReviewRules, facts: ClosedFacts): ReviewReason[] {
  const { rating, isFlagged, earlierOfVendor, chosenForAgent } = facts
  const holds: [ReviewReason, boolean][] = [
    ['lowRating', rating !== null && rating <= rules.lowRatingUpTo],
    ['flagged', rules.flagged && isFlagged],
    ['newVendor', earlierOfVendor !== null && earlierOfVendor < rules.firstOfVendor],
    ['perAgent', chosenForAgent < rules.perAgentAndWeek],
    ['share', shareOf(facts.conversationId) < rules.sharePercent],
  ]
  return holds.filter(([, isSo]) => isSo).map(([reason]) => reason)
}

/** From 0 up to, not including, 100; always the same for the same conversation, and nobody can aim at it. */
function shareOf(conversationId: string): number {
  const high = createHash('sha256').update(`review ${conversationId}`).digest().readUInt32BE(0)
  return (high / 2 ** 32) * 100
}
