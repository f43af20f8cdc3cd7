import { newRequestId } from '@parley/shared/client/request-id.ts'
import type { Conversation } from '@parley/shared/conversation/conversation.ts'
import type { WireEvent } from '@parley/shared/protocol/events.ts'
import { useState } from 'preact/hooks'
import { say } from '../../i18n/words.ts'
import { connection } from '../connect.ts'
import { refusalText } from '../refusal.ts'
import { keep, recall } from '../state.ts'
import { Line } from './icon.tsx'

const star = 'm10 2.8 2.2 4.6 5 .7-3.6 3.5.9 5L10 14.2l-4.5 2.4.9-5L2.8 8.1l5-.7z'
const stars = [1, 2, 3, 4, 5] as const

export function Rating({
  conversation,
  events,
}: {
  conversation: Conversation
  events: readonly WireEvent[]
}) {
  const { conversationId, rating, isLeftMessage, assignee } = conversation
  const dismissed = `rated:${conversationId}`
  const [chosen, choose] = useState<(typeof stars)[number] | null>(null)
  const [text, setText] = useState('')
  const [problem, setProblem] = useState('')
  const [isGone, dismiss] = useState(recall(dismissed) !== undefined)
  const wasAnswered = events.some((event) => event.type === 'messageSent' && event.by.side !== 'customer')
  if (rating || isGone || isLeftMessage || !wasAnswered) return null
  const words = say('starWords').split(',')

  async function send(): Promise<void> {
    if (!chosen) return
    const outcome = await connection.ask('rateConversation', {
      conversationId,
      requestId: newRequestId(),
      stars: chosen,
      words: text.trim(),
    })
    if (outcome.ok) dismiss(true)
    else setProblem(refusalText(outcome.refusal))
  }

  return (
    <form
      class="rating"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <h3>{assignee ? say('rateWith', assignee.of ?? assignee.name) : say('rateIt')}</h3>
      <fieldset class="stars">
        <legend>{say('rateIt')}</legend>
        {stars.map((value) => (
          <label key={value} class={`star${chosen && value <= chosen ? ' full' : ''}`}>
            <input
              type="radio"
              name="stars"
              aria-label={say('starName', value, words[value - 1] ?? '')}
              checked={chosen === value}
              onChange={() => choose(value)}
            />
            <Line d={star} />
          </label>
        ))}
        <strong aria-hidden="true">{chosen && words[chosen - 1]}</strong>
      </fieldset>
      {chosen && (
        <>
          <textarea
            rows={1}
            dir="auto"
            maxLength={2_000}
            value={text}
            placeholder={say('anythingElse')}
            aria-label={say('anythingElse')}
            onInput={(event) => setText(event.currentTarget.value)}
          />
          {problem && (
            <p class="error" role="alert">
              {problem}
            </p>
          )}
          <p class="actions">
            <button type="submit" class="main">
              {say('sendRating')}
            </button>
            <button
              type="button"
              class="link"
              onClick={() => {
                keep(dismissed, '')
                dismiss(true)
              }}
            >
              {say('notNow')}
            </button>
          </p>
        </>
      )}
    </form>
  )
}
