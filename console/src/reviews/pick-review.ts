import { ask } from '../connection.ts'
import { showToast } from '../parts/toast.tsx'
import { refusalWords } from '../settings/parts/refusal-words.ts'
import { requestId } from '../settings/parts/request-id.ts'
import { addressOf } from './views.ts'

/** Puts a closed conversation among those to review and opens it there. */
export async function pickReview(conversationId: string, route: (path: string) => void): Promise<void> {
  const outcome = await ask('pickReview', { requestId: requestId(), pickedId: conversationId })
  if (outcome.ok) route(addressOf('queue', outcome.value.reviewId))
  else showToast({ text: refusalWords(outcome.refusal) })
}
