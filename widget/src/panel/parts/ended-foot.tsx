import { newRequestId } from '@parley/shared/client/request-id.ts'
import type { Conversation } from '@parley/shared/conversation/conversation.ts'
import type { SentFile } from '@parley/shared/protocol/events.ts'
import { useEffect, useRef, useState } from 'preact/hooks'
import { say } from '../../i18n/words.ts'
import { connection } from '../connect.ts'
import { refusalText } from '../refusal.ts'
import { getState, site } from '../state.ts'
import { Composer } from './composer.tsx'
import { Glyph } from './glyph.tsx'

const email = /^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/

/** In place of the composer once a chat has ended: a copy, or the next word. */
export function Foot(props: { conversation: Conversation; send: (text: string, files: SentFile[]) => void }) {
  const { conversation, send } = props
  const { conversationId } = conversation
  const { choices } = getState()
  const [isWriting, setWriting] = useState(false)
  const [isAsking, setAsking] = useState(false)
  const [said, setSaid] = useState('')
  const closing = useRef<HTMLDivElement>(null)
  const canMail = choices?.canMailTranscript ?? site.canMailTranscript

  useEffect(() => {
    const template = document.getElementById('closing')
    if (template instanceof HTMLTemplateElement)
      closing.current?.replaceChildren(template.content.cloneNode(true))
  }, [])

  async function mail(address?: string): Promise<void> {
    const outcome = await connection.ask('requestTranscript', {
      conversationId,
      requestId: newRequestId(),
      ...(address ? { email: address } : {}),
    })
    setAsking(false)
    setSaid(outcome.ok ? '' : refusalText(outcome.refusal))
  }

  if (isWriting)
    return <Composer conversationId={conversationId} placeholder={say('write')} problem={null} send={send} />
  return (
    <div class="base foot">
      <div ref={closing} class="welcome" />
      {isAsking && (
        <form
          class="copy"
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            const address = new FormData(event.currentTarget).get('email')?.toString().trim() ?? ''
            if (email.test(address)) void mail(address)
            else setSaid(say('emailMissing', 'marta@studio.com'))
          }}
        >
          <input
            name="email"
            type="email"
            autocomplete="email"
            aria-label={say('copyWhere')}
            placeholder={say('copyWhere')}
          />
          <button type="submit" class="plain">
            {say('send')}
          </button>
        </form>
      )}
      <p class="error" role="status">
        {said}
      </p>
      {canMail && !isAsking && (
        <button
          type="button"
          class="link"
          onClick={() => (choices?.me.email ? void mail() : setAsking(true))}
        >
          <Glyph name="mail" />
          {say('copy')}
        </button>
      )}
      <button type="button" class="link" onClick={() => setWriting(true)}>
        {say('again')}
      </button>
    </div>
  )
}
