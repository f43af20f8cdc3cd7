import { newRequestId } from '@parley/shared/client/request-id.ts'
import { useEffect, useRef, useState } from 'preact/hooks'
import { say } from '../../i18n/words.ts'
import { connection } from '../connect.ts'
import { refusalText } from '../refusal.ts'
import { site } from '../state.ts'

/** Tells the marketplace, and nobody in the chat. */
export function Report({ conversationId, onDone }: { conversationId: string; onDone: () => void }) {
  const [text, setText] = useState('')
  const [said, setSaid] = useState('')
  const [isSent, setSent] = useState(false)
  // The same report asked twice, because no answer came, counts once.
  const requestId = useRef(newRequestId())
  const area = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    area.current?.focus()
    area.current?.scrollIntoView({ block: 'nearest' })
  }, [])

  async function send(): Promise<void> {
    const reason = text.trim().replace(/\s+/g, ' ').slice(0, 500)
    if (!reason) return area.current?.focus()
    const outcome = await connection.ask('reportConversation', {
      conversationId,
      requestId: requestId.current,
      reason,
    })
    setSent(outcome.ok)
    setSaid(outcome.ok ? say('reported', site.branding.name) : refusalText(outcome.refusal))
  }

  return (
    <form
      class="report"
      aria-label={say('report')}
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      {!isSent && (
        <label>
          {say('reportWhy', site.branding.name)}
          <textarea
            ref={area}
            dir="auto"
            maxLength={500}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
      )}
      <p role="status" class={isSent ? '' : 'error'}>
        {said}
      </p>
      <p class="actions">
        {!isSent && (
          <button type="submit" class="main">
            {say('reportSend')}
          </button>
        )}
        <button type="button" class="link" onClick={onDone}>
          {say(isSent ? 'back' : 'notNow')}
        </button>
      </p>
    </form>
  )
}
