import { newRequestId } from '@parley/shared/client/request-id.ts'
import { useState } from 'preact/hooks'
import { say } from '../../i18n/words.ts'
import { connection } from '../connect.ts'
import { refresh } from '../inbox.ts'
import { refusalText } from '../refusal.ts'
import { getState, keep, recall } from '../state.ts'

/** Somebody who has signed in decides whether the chats of before are theirs: nothing is moved unasked. */
export function TakeAlong() {
  const movable = getState().choices?.movable ?? []
  const asked = `left:${movable.join()}`
  const [problem, setProblem] = useState('')
  const [isGone, dismiss] = useState(false)
  if (movable.length === 0 || isGone || recall(asked) !== undefined) return null

  async function take(): Promise<void> {
    const outcome = await connection.ask('moveConversations', {
      requestId: newRequestId(),
      conversationIds: movable,
    })
    if (outcome.ok) await refresh()
    else setProblem(refusalText(outcome.refusal))
  }

  return (
    <div class="queue">
      <h3>{say('takeAlong', movable.length)}</h3>
      <p>{say('takeAlongWhy')}</p>
      {problem && (
        <p class="error" role="alert">
          {problem}
        </p>
      )}
      <p class="actions">
        <button type="button" class="plain" onClick={() => void take()}>
          {say('take')}
        </button>
        <button
          type="button"
          class="link"
          onClick={() => {
            keep(asked, '')
            dismiss(true)
          }}
        >
          {say('notNow')}
        </button>
      </p>
    </div>
  )
}
