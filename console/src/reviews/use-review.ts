import type { CommandAnswer } from '@parley/shared/protocol/answers.ts'
import type { CommandWish } from '@parley/shared/protocol/commands.ts'
import type { Review } from '@parley/shared/protocol/reviews.ts'
import { useRef, useState } from 'preact/hooks'
import { ask } from '../connection.ts'
import { refusalWords } from '../settings/parts/refusal-words.ts'
import { requestId } from '../settings/parts/request-id.ts'
import { type Asked, useAsk } from '../settings/parts/use-ask.ts'

type Act = 'claimReview' | 'saveReview' | 'disputeReview' | 'decideDispute'
type ActWish<N extends Act> = Omit<CommandWish<N>, 'requestId' | 'reviewId'>

export interface ReviewInHand {
  page: Asked<CommandAnswer<'readReview'>>
  problem: string | undefined
  busy: Act | undefined
  /** One after the other, in the order they were asked for. True when it was done. */
  act: <N extends Act>(name: N, wish: ActWish<N>) => Promise<boolean>
}

export function useReview(reviewId: string, onChanged: (review: Review) => void): ReviewInHand {
  const page = useAsk('readReview', { reviewId })
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState<Act>()
  const before = useRef<Promise<unknown>>(Promise.resolve())
  function act<N extends Act>(name: N, wish: ActWish<N>): Promise<boolean> {
    const done = before.current.then(() => perform(name, wish))
    before.current = done
    return done
  }
  async function perform<N extends Act>(name: N, wish: ActWish<N>): Promise<boolean> {
    setBusy(name)
    setProblem(undefined)
    const outcome = await ask(name, { requestId: requestId(), reviewId, ...wish } as CommandWish<N>)
    setBusy(undefined)
    if (!outcome.ok) {
      setProblem(refusalWords(outcome.refusal))
      return false
    }
    const review = outcome.value as Review
    if (page.value) page.put({ ...page.value, review })
    onChanged(review)
    return true
  }
  return { page, problem, busy, act }
}
