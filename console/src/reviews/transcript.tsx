import type { WireEvent } from '@parley/shared/protocol/events.ts'
import type { ReviewComment } from '@parley/shared/protocol/reviews.ts'
import { MessageSquarePlus } from 'lucide'
import { useState } from 'preact/hooks'
import { now } from '../clock.ts'
import { describeEvent } from '../conversation/describe-event.ts'
import { MessageText } from '../conversation/message-text.tsx'
import { Button } from '../parts/button.tsx'
import { TextArea } from '../parts/field.tsx'
import { PartyTag } from '../parts/party-tag.tsx'
import { me } from '../session.ts'
import { clockTime, dayLine, fullTime } from '../times.ts'
import styles from './transcript.module.css'

interface TranscriptProps {
  events: readonly WireEvent[]
  comments: readonly ReviewComment[]
  /** Absent where nothing can be added. */
  onComment?: ((comments: ReviewComment[]) => void) | undefined
}

export function Transcript({ events, comments, onComment }: TranscriptProps) {
  let day = ''
  return (
    <ol class={styles.transcript} aria-label="What was said">
      {events.map((event) => {
        const line = dayLine(event.at, now.value)
        const isNewDay = line !== day
        day = line
        return (
          <li key={event.position} class={styles.item}>
            {isNewDay && <p class={styles.day}>{line}</p>}
            <Item event={event} comments={comments} onComment={onComment} />
          </li>
        )
      })}
    </ol>
  )
}

function Item({ event, comments, onComment }: { event: WireEvent } & Omit<TranscriptProps, 'events'>) {
  switch (event.type) {
    case 'messageSent':
    case 'whisperSent': {
      const { messageId, text } = event.payload
      const own = comments.filter((comment) => comment.messageId === messageId)
      const files = event.type === 'messageSent' ? event.payload.files : []
      return (
        <article class={styles.said}>
          <Head event={event} />
          {text !== '' && <MessageText text={text} />}
          {files.map((file) => (
            <p key={file.fileId} class={styles.file}>
              {file.name}
            </p>
          ))}
          {own.map((comment) => (
            <Comment
              key={comment.text}
              comment={comment}
              onRemove={onComment && (() => onComment(comments.filter((one) => one !== comment)))}
            />
          ))}
          {onComment && (
            <AddComment
              by={event.by.name}
              onAdd={(words) => onComment([...comments, { messageId, text: words }])}
            />
          )}
        </article>
      )
    }
    case 'noteAdded':
      return (
        <article class={styles.note}>
          <Head event={event} />
          <MessageText text={event.payload.text} />
        </article>
      )
    case 'vendorMessageHeld':
    case 'customerMessageHeld':
    case 'originalKept':
    case 'memberErased':
    case 'withheld':
      return null
    default:
      return <p class={styles.fact}>{describeEvent(event, me.value?.memberId ?? '', now.value)}</p>
  }
}

function Head({ event }: { event: WireEvent }) {
  return (
    <header class={styles.head}>
      <b>{event.by.name}</b>
      <PartyTag party={event.by.party} />
      <time class={styles.time} dateTime={event.at} title={fullTime(event.at)}>
        {clockTime(event.at)}
      </time>
    </header>
  )
}

function Comment({ comment, onRemove }: { comment: ReviewComment; onRemove?: (() => void) | undefined }) {
  return (
    <div class={styles.comment}>
      <p dir="auto">{comment.text}</p>
      {onRemove && (
        <Button size="s" variant="quiet" onClick={onRemove}>
          Remove comment
        </Button>
      )}
    </div>
  )
}

function AddComment({ by, onAdd }: { by: string; onAdd: (words: string) => void }) {
  const [words, setWords] = useState<string>()
  if (words === undefined)
    return (
      <Button
        class={styles.add}
        size="s"
        variant="quiet"
        icon={MessageSquarePlus}
        aria-label={`Comment on the message of ${by}`}
        onClick={() => setWords('')}
      >
        Comment
      </Button>
    )
  const add = () => {
    if (words.trim() === '') return
    onAdd(words.trim())
    setWords(undefined)
  }
  return (
    <div class={styles.adding}>
      <TextArea
        label="Comment"
        rows={2}
        ref={(field: HTMLTextAreaElement | null) => {
          if (words === '') field?.focus()
        }}
        value={words}
        onInput={(event) => setWords(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault()
            event.stopPropagation()
            add()
          }
          if (event.key === 'Escape') {
            event.stopPropagation()
            setWords(undefined)
          }
        }}
      />
      <div class={styles.acts}>
        <Button size="s" variant="quiet" onClick={() => setWords(undefined)}>
          Cancel
        </Button>
        <Button size="s" disabled={words.trim() === ''} onClick={add}>
          Add comment
        </Button>
      </div>
    </div>
  )
}
