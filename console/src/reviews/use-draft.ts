import type { Review } from '@parley/shared/protocol/reviews.ts'
import { useRef, useState } from 'preact/hooks'
import type { ReviewInHand } from './use-review.ts'

export type Draft = Pick<Review, 'marks' | 'comments' | 'summary'>

export interface DraftInHand {
  draft: Draft
  /** Drawn soon, and kept at once when asked for: what was changed a moment before is in it. */
  change(next: (draft: Draft) => Partial<Draft>): void
  keep(isFinished?: boolean): Promise<boolean>
  latest(): Draft
}

/** What a reviewer has made so far. Several keys may come before one drawing, and none takes back what another did. */
export function useDraft(review: Review, { act }: Pick<ReviewInHand, 'act'>): DraftInHand {
  const { marks, comments, summary } = review
  const [draft, setDraft] = useState<Draft>({ marks, comments, summary })
  const latest = useRef(draft)
  return {
    draft,
    change(next) {
      latest.current = { ...latest.current, ...next(latest.current) }
      setDraft(latest.current)
    },
    keep: (isFinished = false) => {
      const { comments, ...rest } = latest.current
      return act('saveReview', { ...rest, comments: [...comments], isFinished })
    },
    latest: () => latest.current,
  }
}
