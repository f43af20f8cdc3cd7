import type { Connection } from '@parley/shared/client/connection.ts'
import type { ReaderKind } from '@parley/shared/people.ts'
import type { SentFile } from '@parley/shared/protocol/events.ts'
import type { Me } from '@parley/shared/protocol/reading.ts'
import type { Refusal } from '@parley/shared/protocol/refusals.ts'
import { Eye, type IconNode, MessageSquare, Paperclip, SquareSlash, StickyNote, TriangleAlert } from 'lucide'
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { refusalWords } from '../acts/refusal-words.ts'
import { type BeforeReply, blocksReply } from '../conversation/can-reply.ts'
import { Attachments } from '../conversation/sent-files.tsx'
import type { Subject } from '../conversation/subject.ts'
import { isWriting, nameOfKey } from '../keys/key-press.ts'
import { cannedSignOf, keysOf } from '../keys/own-keys.ts'
import { ownKeyboard } from '../keys/save-keyboard.ts'
import { shownKeys } from '../keys/shown-keys.ts'
import { Button } from '../parts/button.tsx'
import { classes } from '../parts/classes.ts'
import { Icon } from '../parts/icon.tsx'
import { IconButton } from '../parts/icon-button.tsx'
import { audienceWords } from './audience-words.ts'
import { unfilledIn } from './canned-replies.ts'
import styles from './composer.module.css'
import { type ComposerMode, draftKey, keepDraft, keptDraft } from './drafts.ts'
import { EmojiMenu } from './emoji-menu.tsx'
import { mentionedIn } from './mentions.ts'
import { Suggestions } from './suggestions.tsx'
import type { AttachmentList } from './use-attachments.ts'
import { useMentionable } from './use-mentionable.ts'
import { useSuggestions } from './use-suggestions.ts'
import { useTypingHint } from './use-typing-hint.ts'
import { whyNotSend } from './why-not-send.ts'

export interface ComposerProps {
  connection: Connection
  subject: Subject
  me: Me
  side: ReaderKind
  before: BeforeReply
  mode: ComposerMode
  onMode: (mode: ComposerMode) => void
  attachments: AttachmentList
  onSend: (text: string, files: SentFile[]) => void
  onNote: (text: string, mentions: string[]) => Promise<Refusal | null>
  onResolve: () => void
  onEscape: () => void
  onWriting: (isWriting: boolean) => void
}

const modes: { id: ComposerMode; word: string; icon: IconNode }[] = [
  { id: 'reply', word: 'Reply', icon: MessageSquare },
  { id: 'note', word: 'Note', icon: StickyNote },
]

export function Composer(props: ComposerProps) {
  const { subject, me, side, mode, onMode, attachments } = props
  const { conversationId } = subject
  const key = draftKey(me, conversationId, mode)
  const [drafts, setDrafts] = useState<Partial<Record<ComposerMode, string>>>({})
  const text = drafts[mode] ?? keptDraft(key).text
  const [caret, setCaret] = useState(text.length)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [isSendingNote, setSendingNote] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const picker = useRef<HTMLInputElement>(null)
  const id = useId()
  const typing = useTypingHint(props.connection, conversationId, side === 'vendor' && me.typingPreview)
  const isNote = mode === 'note'
  const keyboard = ownKeyboard()
  const sign = cannedSignOf(keyboard)

  const facts = {
    customerName: subject.customer.name === 'Guest' ? null : subject.customer.name,
    agentName: me.name,
    orderId: subject.about.order?.id ?? null,
    siteName: me.siteName,
  }
  const mentionable = useMentionable(
    props.connection,
    conversationId,
    isNote,
    `${subject.assignee?.memberId} ${subject.queue.id}`,
  )
  const offered = useSuggestions(text, caret, mode, sign, facts, mentionable.people)
  const files = isNote ? [] : attachments.files
  const why = whyNotSend({
    mode,
    text,
    fileCount: files.length,
    isUploading: attachments.isUploading,
    hasRefusedFile: attachments.hasRefused,
    before: props.before,
  })

  const fileIds = attachments.files.map((file) => file.fileId).join()
  useEffect(() => {
    const replyKey = draftKey(me, conversationId, 'reply')
    keepDraft(replyKey, { text: drafts.reply ?? keptDraft(replyKey).text, files: attachments.files })
  }, [fileIds])
  useEffect(() => props.onWriting(text.trim() !== ''), [text.trim() !== ''])
  useLayoutEffect(() => {
    const node = field.current
    if (node === null) return
    node.style.height = 'auto'
    node.style.height = `${node.scrollHeight}px`
  }, [text, mode])

  function write(next: string): void {
    setDrafts((now) => ({ ...now, [mode]: next }))
    keepDraft(key, { text: next, files: isNote ? [] : attachments.files })
    setRefusal(null)
  }

  /** At once and not with the next drawing: whoever goes on typing must not have the caret moved away. */
  function place(next: string, at: number): void {
    const node = field.current
    if (node !== null) {
      node.value = next
      node.focus()
      node.setSelectionRange(at, at)
    }
    write(next)
    setCaret(at)
  }

  function insert(piece: string): void {
    const node = field.current
    const from = node?.selectionStart ?? text.length
    const to = node?.selectionEnd ?? from
    place(text.slice(0, from) + piece + text.slice(to), from + piece.length)
  }

  async function send(thenResolve = false): Promise<void> {
    if (why !== null || isSendingNote) return
    typing.stop()
    if (!isNote) {
      props.onSend(text, files)
      attachments.clear()
      keepDraft(key, { text: '', files: [] })
      write('')
      if (thenResolve) props.onResolve()
      return
    }
    setSendingNote(true)
    const people = text.includes('@') ? await mentionable.load() : []
    const refused = await props.onNote(text, mentionedIn(text, people))
    setSendingNote(false)
    if (refused === null) write('')
    setRefusal(refused)
    field.current?.focus()
  }

  function press(event: KeyboardEvent): void {
    if (event.isComposing) return
    const isHandled = offered?.press(event, (index) => {
      const { text: next, caret: at } = offered.insert(index)
      place(next, at)
    })
    const name = isWriting(event, true) ? '' : nameOfKey(event)
    if (isHandled) event.stopPropagation()
    else if (keysOf('sendResolve', keyboard).includes(name)) void send(true)
    else if (keysOf('send', keyboard).includes(name)) void send()
    else if (event.key === 'Escape') props.onEscape()
    else return
    event.preventDefault()
  }

  const noteCaret = () => setCaret(field.current?.selectionStart ?? text.length)
  const [unfilled] = unfilledIn(text)

  return (
    <>
      {offered !== null && (
        <Suggestions
          id={id}
          heading={offered.heading}
          list={offered.list}
          chosen={offered.chosen}
          onChoose={(index) => {
            const { text: next, caret: at } = offered.insert(index)
            place(next, at)
          }}
        />
      )}
      <div class={classes(styles.composer, isNote && styles.note)}>
        <div class={styles.top}>
          {side === 'staff' && (
            <div class={styles.modes} role="radiogroup" aria-label="What you write">
              {modes.map(({ id: option, word, icon }) => (
                // biome-ignore lint/a11y/useSemanticElements: a pair of buttons that looks and works as one switch
                <button
                  key={option}
                  type="button"
                  role="radio"
                  aria-checked={mode === option}
                  tabIndex={mode === option ? 0 : -1}
                  class={styles.mode}
                  onClick={() => onMode(option)}
                  onKeyDown={(event) => {
                    if (!/^Arrow/.test(event.key)) return
                    event.preventDefault()
                    onMode(option === 'reply' ? 'note' : 'reply')
                    const other =
                      event.currentTarget.nextElementSibling ?? event.currentTarget.previousElementSibling
                    if (other instanceof HTMLElement) other.focus()
                  }}
                >
                  <Icon node={icon} size={16} />
                  {word}
                </button>
              ))}
            </div>
          )}
          <p id={`${id}-audience`} class={styles.audience} role="status">
            <Icon node={Eye} size={14} />
            <span>
              {audienceWords(mode, side, subject, me.siteName)}
              {side === 'vendor' && me.typingPreview && '. Moderators may see it as you type'}
            </span>
          </p>
        </div>
        <textarea
          ref={field}
          class={styles.text}
          rows={1}
          dir="auto"
          data-region-focus
          data-composer
          aria-label={isNote ? 'Note for your team' : `Reply to ${subject.customer.name}`}
          aria-describedby={`${id}-audience`}
          aria-autocomplete="list"
          aria-controls={offered === null ? undefined : id}
          aria-activedescendant={offered === null ? undefined : `${id}-${offered.chosen}`}
          placeholder={
            isNote ? 'Write a note. @ mentions a colleague' : `Write a reply. ${sign} for canned replies`
          }
          value={text}
          readOnly={isSendingNote}
          onInput={(event) => {
            write(event.currentTarget.value)
            noteCaret()
            if (!isNote && !blocksReply(props.before)) typing.typed(event.currentTarget.value)
          }}
          onKeyDown={press}
          onKeyUp={noteCaret}
          onClick={noteCaret}
          onPaste={(event) => {
            const pasted = [...(event.clipboardData?.files ?? [])]
            if (pasted.length === 0) return
            event.preventDefault()
            if (isNote) onMode('reply')
            attachments.add(pasted)
          }}
        />
        {!isNote && <Attachments list={attachments.list} onRemove={attachments.remove} />}
        {refusal !== null && (
          <p class={styles.refusal} role="alert">
            <Icon node={TriangleAlert} size={14} />
            Not saved. {refusalWords(refusal)}
          </p>
        )}
        <div class={styles.bottom}>
          {!isNote && (
            <>
              <IconButton
                icon={Paperclip}
                label="Attach a file"
                shortcut={shownKeys('attach')}
                data-attach
                onClick={() => picker.current?.click()}
              />
              <input
                ref={picker}
                type="file"
                multiple
                hidden
                onChange={(event) => {
                  attachments.add([...(event.currentTarget.files ?? [])])
                  event.currentTarget.value = ''
                  field.current?.focus()
                }}
              />
            </>
          )}
          <IconButton
            icon={SquareSlash}
            label="Canned replies"
            shortcut={sign}
            onClick={() => {
              const start = text === '' || text.endsWith('\n') ? text : `${text}\n`
              place(start + sign, start.length + sign.length)
            }}
          />
          <EmojiMenu onChoose={insert} />
          <span class={styles.state}>
            {why ? (
              <span class={styles.why}>
                {unfilled !== undefined && <Icon node={TriangleAlert} size={14} />}
                {unfilled === undefined ? (
                  why
                ) : (
                  <button
                    type="button"
                    class={styles.unfilled}
                    onClick={() => {
                      field.current?.focus()
                      field.current?.setSelectionRange(unfilled.start, unfilled.end)
                    }}
                  >
                    {why}
                  </button>
                )}
              </span>
            ) : (
              text !== '' && <span class={styles.saved}>Draft saved</span>
            )}
          </span>
          <Button
            variant="primary"
            shortcut={shownKeys('send')}
            isBusy={isSendingNote}
            disabled={why !== null}
            onClick={() => void send()}
          >
            {isNote ? 'Add note' : 'Send'}
          </Button>
        </div>
      </div>
    </>
  )
}

/** Puts the caret into the composer, wherever the focus is. */
export function focusComposer(): void {
  document.querySelector<HTMLTextAreaElement>('[data-composer]')?.focus()
}
