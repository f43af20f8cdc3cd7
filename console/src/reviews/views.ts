export type ReviewsView = 'queue' | 'disputed' | 'done' | 'disagreements' | 'mine'

export const viewWords: Record<ReviewsView, string> = {
  queue: 'To review',
  disputed: 'Disputes',
  done: 'Reviewed',
  disagreements: 'Disagreements',
  mine: 'My results',
}

/** Reviewers see the work; whoever only answers sees what was said about it. */
export function viewsFor(isReviewer: boolean): readonly ReviewsView[] {
  if (!isReviewer) return ['mine']
  const work = ['queue', 'disputed', 'done', 'disagreements'] as const
  return [...work, 'mine']
}

export const home = '/console/reviews'

export function addressOf(view: ReviewsView, reviewId?: string): string {
  return reviewId === undefined ? `${home}/${view}` : `${home}/${view}/${encodeURIComponent(reviewId)}`
}
