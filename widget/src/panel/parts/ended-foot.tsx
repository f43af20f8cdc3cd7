import { newRequestId } from '@parley/shared/client/request-id.ts'
import type { Conversation } from '@parley/shared/conversation/conversation.ts'
import type { SentFile } from '@parley/shared/protocol/events.ts'
import { useEffect, useRef, useState } from 'preact/hooks'
import { say } from '../../i18n/words.ts'
import { connection } from '../connect.ts'
import { refusalText } from '../refusal.ts'
import { getState, recall, site } from '../state.ts'
import { Composer } from './composer.tsx'
import { Line } from './icon.tsx'

const letter = 'M3 5.5h14v9H3zM3 6l7 5 7-5'

/** In place of the composer once a chat has ended: a copy, or the next word. */
export function Foot(props: { conversation: Conversation; send: (text: string, files: SentFile[]) => void }) {
  const { conversation, send } = props
  const { conversationId } = conversation
  const { choices } = getState()
  const [isWriting, setWriting] = useState(false)
  const [said, setSaid] = useState('')
  const closing = useRef<HTMLDivElement>(null)
  // Mail goes only to an address that is proven or was given in this chat: without one there is no choice to offer.
  const canMail =
    (choices?.canMailTranscript ?? site.canMailTranscript) &&
    (choices?.me.email || recall(`mail:${conversationId}`))

  useEffect(() => {
    const template = document.getElementById('closing')
    if (template instanceof HTMLTemplateElement)
      closing.current?.replaceChildren(template.content.cloneNode(true))
  }, [])

  async function mail(): Promise<void> {
    const outcome = await connection.ask('requestTranscript', { conversationId, requestId: newRequestId() })
    setSaid(outcome.ok ? '' : refusalText(outcome.refusal))
  }

  if (isWriting)
    return <Composer conversationId={conversationId} placeholder={say('write')} problem={null} send={send} />
  return (
    <div class="base foot">
      <div ref={closing} class="welcome" />
      <p class="error" role="status">
        {said}
      </p>
      {canMail && (
        <button type="button" class="link" onClick={() => void mail()}>
          <Line d={letter} />
          {say('copy')}
        </button>
      )}
      <button type="button" class="link" onClick={() => setWriting(true)}>
        {say('again')}
      </button>
    </div>
  )
}
