import type { SentFile } from '@parley/shared/protocol/events.ts'
import { useEffect, useRef, useState } from 'preact/hooks'
import { say } from '../../i18n/words.ts'
import { connection } from '../connect.ts'
import { hasWritten } from '../notice.ts'
import { getState, keep, recall, site } from '../state.ts'
import { Glyph } from './glyph.tsx'
import { Icon } from './icon.tsx'
import { usePart } from './use.ts'

const longest = 5_000
const typingMs = 3_000
/** Text as it is typed, where the notice says that it is shown. */
const previewMs = 400
const loadFiles = () => import('../files.ts')
const loadEmoji = () => import('../emoji.ts')

/** Half a sign, or none at all: the server would refuse it, and here it can still be corrected. */
const isUnstorable = (text: string) => text.includes('\0') || /\p{Cs}/u.test(text)

export function Composer(props: {
  conversationId: string | null
  placeholder: string
  problem: string | null
  send: (text: string, files: SentFile[]) => void
}) {
  const { conversationId, placeholder, send } = props
  const draft = `draft:${conversationId ?? ''}`
  const [text, setText] = useState(recall(draft) ?? '')
  const [problem, setProblem] = useState(props.problem)
  const [picked, setPicked] = useState<File[]>([])
  const [isPicking, setPicking] = useState(false)
  const [uploads, setUploads] = useState<SentFile[]>([])
  const [isUploading, setUploading] = useState(false)
  const [round, setRound] = useState(0)
  const area = useRef<HTMLTextAreaElement>(null)
  const input = useRef<HTMLInputElement>(null)
  const typedAt = useRef(0)
  const isSendWished = useRef(false)
  const files = usePart(loadFiles, picked.length > 0)
  const emoji = usePart(loadEmoji, isPicking)
  const isEmpty = text.trim() === '' && uploads.length === 0

  function put(next: string): void {
    setText(next)
    setProblem(null)
    keep(draft, next || null)
    if (!conversationId) return
    const isTyping = next.trim() !== ''
    const isPreviewed = isTyping && site.typingPreview
    if (isTyping && Date.now() - typedAt.current < (isPreviewed ? previewMs : typingMs)) return
    typedAt.current = isTyping ? Date.now() : 0
    connection.hint('typing', {
      conversationId,
      isTyping,
      ...(isPreviewed && { text: next.slice(-longest) }),
    })
  }

  function submit(): void {
    const length = [...text.trim()].length
    if (length > longest) return setProblem(say('messageLong', length, longest))
    if (isUnstorable(text)) return setProblem(say('unstorable'))
    // Sent once the files are there: nobody should have to wait and press again.
    isSendWished.current = isUploading
    if (isEmpty || isUploading) {
      area.current?.focus()
      return
    }
    hasWritten()
    send(text.trim(), uploads)
    put('')
    setUploads([])
    setPicked([])
    setRound(round + 1)
    area.current?.focus()
  }

  function onKeyDown(event: KeyboardEvent): void {
    // On a phone Enter breaks the line; a word still being composed is not finished either.
    if (
      event.key !== 'Enter' ||
      event.shiftKey ||
      event.isComposing ||
      matchMedia('(pointer: coarse)').matches
    )
      return
    event.preventDefault()
    submit()
  }

  function pick(list: Iterable<File>): void {
    const files = [...list]
    if (files.length === 0) return
    setPicked([...picked, ...files])
    setUploading(true)
  }

  useEffect(() => {
    const over = (event: DragEvent) => event.preventDefault()
    const drop = (event: DragEvent) => {
      event.preventDefault()
      pick(event.dataTransfer?.files ?? [])
    }
    addEventListener('dragover', over)
    addEventListener('drop', drop)
    return () => {
      removeEventListener('dragover', over)
      removeEventListener('drop', drop)
    }
  })

  useEffect(() => {
    if (!isUploading && isSendWished.current) submit()
  }, [isUploading])

  useEffect(() => {
    if (getState().isShown && !matchMedia('(pointer: coarse)').matches) area.current?.focus()
  }, [])

  return (
    <div class="composer-place">
      {files && picked.length > 0 && (
        <files.Uploads
          key={round}
          picked={picked}
          conversationId={conversationId}
          onChange={(done, isBusy) => {
            setUploads(done)
            setUploading(isBusy)
          }}
          onProblem={setProblem}
        />
      )}
      {emoji && isPicking && (
        <emoji.Picker
          onPick={(sign) => {
            const at = area.current?.selectionStart ?? text.length
            put(text.slice(0, at) + sign + text.slice(area.current?.selectionEnd ?? at))
          }}
          onClose={() => {
            setPicking(false)
            area.current?.focus()
          }}
        />
      )}
      {problem && (
        <p class="error" role="alert">
          <Icon name="alert" small />
          {problem}
        </p>
      )}
      <form
        class="composer"
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
      >
        <button type="button" class="round" aria-label={say('attach')} onClick={() => input.current?.click()}>
          <Glyph name="clip" />
        </button>
        <input
          ref={input}
          type="file"
          multiple
          hidden
          onChange={(event) => {
            pick(event.currentTarget.files ?? [])
            event.currentTarget.value = ''
          }}
        />
        <textarea
          ref={area}
          data-first
          rows={1}
          dir="auto"
          value={text}
          placeholder={placeholder}
          aria-label={say('write')}
          onInput={(event) => put(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          onPaste={(event) => {
            const pasted = event.clipboardData?.files
            if (!pasted?.length) return
            event.preventDefault()
            pick(pasted)
          }}
        />
        <button
          type="button"
          class="round emoji-button"
          aria-label={say('emoji')}
          aria-expanded={isPicking}
          onClick={() => setPicking(!isPicking)}
        >
          <Glyph name="smile" />
        </button>
        <button
          type="submit"
          class={`round send${isEmpty || isUploading ? '' : ' ready'}`}
          aria-label={say('send')}
        >
          <span>
            <Glyph name="send" />
          </span>
        </button>
      </form>
    </div>
  )
}
