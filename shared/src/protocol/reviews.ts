import type { ConversationId, MemberId, MessageId, VendorId } from '../ids.ts'
import type { Agreement, Opinions, Pair } from '../review/agreement.ts'
import type { Marks, Rubric } from '../review/rubric.ts'
import type { WireEvent } from './events.ts'

/** Why a conversation is looked at. */
export type ReviewReason = 'share' | 'lowRating' | 'flagged' | 'newVendor' | 'perAgent' | 'picked'

/** What chooses conversations when they are closed; 0 turns a rule off. */
export interface ReviewRules {
  /** Of all closed conversations, in percent. */
  sharePercent: number
  /** Rated with this many stars or fewer. */
  lowRatingUpTo: number
  flagged: boolean
  /** The first conversations of each vendor. */
  firstOfVendor: number
  /** For each person who answers. */
  perAgentAndWeek: number
  /** CSRs who review beside moderators and admins. */
  reviewerIds: MemberId[]
}

export type ReviewState = 'waiting' | 'started' | 'finished' | 'disputed' | 'decided'

export interface ReviewRow {
  reviewId: string
  conversationId: ConversationId
  state: ReviewState
  reasons: ReviewReason[]
  /** Who answered. */
  about: { memberId: MemberId; name: string; vendor: { vendorId: VendorId; name: string } | null }
  customerName: string
  topic: string | null
  closedAt: string
  rating: number | null
  score: number | null
  /** Null to vendors: who reviewed is the marketplace's own business. */
  reviewer: { memberId: MemberId; name: string } | null
}

export interface ReviewComment {
  messageId: MessageId
  text: string
}

export interface Review extends ReviewRow {
  rubric: Rubric
  marks: Marks
  comments: ReviewComment[]
  summary: string
  finishedAt: string | null
  dispute: { words: string; at: string } | null
  decision: { isUpheld: boolean; words: string; at: string } | null
  /** What the asker may do now. */
  may: { score: boolean; dispute: boolean; decide: boolean }
}

export interface ReviewPage {
  review: Review
  /** What was said, as the asker's kind may see it; addresses are left out. */
  events: WireEvent[]
}

export interface Disagreement extends ReviewRow {
  opinions: Opinions
  pairs: Pair[]
}

export interface DisagreementPage {
  agreement: Agreement[]
  list: Disagreement[]
}

export interface ReviewSettings {
  rubric: Rubric
  rules: ReviewRules
}
