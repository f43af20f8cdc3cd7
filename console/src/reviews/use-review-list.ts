import type { Refusal } from '@parley/shared/protocol/refusals.ts'
import type { ReviewRow } from '@parley/shared/protocol/reviews.ts'
import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { ask } from '../connection.ts'
import type { ReviewsView } from './views.ts'

export interface ReviewList {
  rows: readonly ReviewRow[] | undefined
  refusal: Refusal | undefined
  cursor: string | null
  reload: () => Promise<void>
  more: () => Promise<void>
  /** Shows a change where the row stands. */
  put: (row: ReviewRow) => void
}

type Listed = Exclude<ReviewsView, 'disagreements'>

function askFor(view: Listed, cursor: string | null) {
  const from = cursor === null ? {} : { cursor }
  return view === 'mine' ? ask('listMyResults', from) : ask('listReviews', { view, ...from })
}

export function useReviewList(view: Listed): ReviewList {
  const [rows, setRows] = useState<readonly ReviewRow[]>()
  const [refusal, setRefusal] = useState<Refusal>()
  const [cursor, setCursor] = useState<string | null>(null)
  const latest = useRef(0)

  const reload = useCallback(async () => {
    latest.current += 1
    const asked = latest.current
    const outcome = await askFor(view, null)
    if (asked !== latest.current) return
    setRefusal(outcome.ok ? undefined : outcome.refusal)
    if (!outcome.ok) return
    setRows(outcome.value.reviews)
    setCursor(outcome.value.cursor)
  }, [view])

  useEffect(() => {
    setRows(undefined)
    void reload()
    return () => {
      latest.current += 1
    }
  }, [reload])

  return {
    rows,
    refusal,
    cursor,
    reload,
    async more() {
      const asked = latest.current
      const outcome = await askFor(view, cursor)
      if (asked !== latest.current || !outcome.ok) return
      setRows((held) => [...(held ?? []), ...outcome.value.reviews])
      setCursor(outcome.value.cursor)
    },
    put: (row) => setRows((held) => held?.map((one) => (one.reviewId === row.reviewId ? row : one))),
  }
}
