import { type MemberActor, readerKindOf } from '@parley/shared/people.ts'
import { permits } from '@parley/shared/policy/policy.ts'
import type { Review, ReviewRow, ReviewRules } from '@parley/shared/protocol/reviews.ts'
import type { Rubric } from '@parley/shared/review/rubric.ts'
import type { StoredReview } from './store.ts'

/** Moderators and admins, and the CSRs the site has named. */
export function isReviewer(actor: MemberActor, rules: ReviewRules): boolean {
  if (!permits(actor, 'review.write')) return false
  return actor.role !== 'csr' || rules.reviewerIds.includes(actor.memberId)
}

/** The person who answered; for a vendor everybody who answers for it. */
export function isReviewed(actor: MemberActor, review: StoredReview): boolean {
  if (actor.role === 'vendor') return actor.vendorId !== null && review.vendor_id === actor.vendorId
  return review.about_member === actor.memberId
}

export function mayScore(actor: MemberActor, rules: ReviewRules, review: StoredReview): boolean {
  return (
    isReviewer(actor, rules) &&
    !isReviewed(actor, review) &&
    review.state === 'started' &&
    review.reviewer_id === actor.memberId
  )
}

/** Once: what was decided stays decided. */
export function mayDispute(actor: MemberActor, review: StoredReview): boolean {
  return isReviewed(actor, review) && review.state === 'finished'
}

export function mayDecide(actor: MemberActor, review: StoredReview): boolean {
  return (
    permits(actor, 'review.decide') &&
    review.state === 'disputed' &&
    review.reviewer_id !== actor.memberId &&
    !isReviewed(actor, review)
  )
}

export function rowFor(actor: MemberActor, review: StoredReview): ReviewRow {
  const { vendor_id: vendorId, reviewer_id: reviewerId } = review
  return {
    reviewId: review.review_id,
    conversationId: review.conversation_id,
    state: review.state,
    reasons: review.reasons,
    about: {
      memberId: review.about_member,
      name: review.about_name,
      vendor: vendorId === null ? null : { vendorId, name: review.vendor_name ?? '' },
    },
    customerName: review.customer_name,
    topic: review.topic,
    closedAt: review.closed_at.toISOString(),
    rating: review.rating,
    score: review.score,
    reviewer:
      reviewerId === null || readerKindOf(actor) === 'vendor'
        ? null
        : { memberId: reviewerId, name: review.reviewer_name ?? '' },
  }
}

export function reviewFor(
  actor: MemberActor,
  rules: ReviewRules,
  review: StoredReview,
  rubric: Rubric,
): Review {
  const { dispute, disputed_at, decision, decided_at, is_upheld } = review
  return {
    ...rowFor(actor, review),
    rubric,
    marks: review.marks,
    comments: review.comments,
    summary: review.summary,
    finishedAt: review.finished_at?.toISOString() ?? null,
    dispute:
      dispute === null || disputed_at === null ? null : { words: dispute, at: disputed_at.toISOString() },
    decision:
      decision === null || decided_at === null
        ? null
        : { words: decision, at: decided_at.toISOString(), isUpheld: is_upheld === true },
    may: {
      score: mayScore(actor, rules, review),
      dispute: mayDispute(actor, review),
      decide: mayDecide(actor, review),
    },
  }
}
