import type { PendingMessage } from '@parley/shared/client/outbox.ts'
import type { Author } from '@parley/shared/people.ts'
import type { WireEvent } from '@parley/shared/protocol/events.ts'
import type { MessageTone } from '@parley/shared/protocol/tone.ts'
import { Check, CheckCheck, Clock, RotateCw, StickyNote, Trash2, TriangleAlert } from 'lucide'
import type { ComponentChildren } from 'preact'
import { refusalWords } from '../acts/refusal-words.ts'
import { Avatar } from '../parts/avatar.tsx'
import { Button } from '../parts/button.tsx'
import { classes } from '../parts/classes.ts'
import { Icon } from '../parts/icon.tsx'
import { PartyTag } from '../parts/party-tag.tsx'
import { clockTime, fullTime } from '../times.ts'
import styles from './message.module.css'
import { MessageText } from './message-text.tsx'
import { MessageActs, type Moderating } from './moderating.tsx'
import type { Receipt } from './receipt.ts'
import { SentFiles } from './sent-files.tsx'
import { ToneMark } from './tone-mark.tsx'

type MessageSent = Extract<WireEvent, { type: 'messageSent' }>
type NoteAdded = Extract<WireEvent, { type: 'noteAdded' }>

interface FrameProps {
  by: Author
  at: string
  isOurs: boolean
  isOwn: boolean
  hasHead: boolean
  children: ComponentChildren
  below?: ComponentChildren
}

function Frame({ by, at, isOurs, isOwn, hasHead, children, below }: FrameProps) {
  const name = isOwn ? 'You' : by.of === undefined || isOurs ? by.name : `${by.name}, ${by.of}`
  return (
    <article
      class={classes(styles.message, isOurs && styles.ours, hasHead && styles.first)}
      aria-label={`${name}, ${clockTime(at)}`}
    >
      <span class={styles.face}>
        {hasHead && <Avatar name={by.of ?? by.name} party={by.party} size={32} />}
      </span>
      <div class={styles.column}>
        {hasHead && (
          <div class={styles.head}>
            <bdi class={styles.name} title={by.name}>
              {name}
            </bdi>
            <PartyTag party={by.party} />
            <time class={styles.time} dateTime={at} title={fullTime(at)}>
              {clockTime(at)}
            </time>
          </div>
        )}
        {children}
        {below}
      </div>
    </article>
  )
}

export interface MessageProps {
  event: MessageSent
  /** The original, where a masked message was restored. */
  restored?: string
  moderating?: Moderating | undefined
  hasHead: boolean
  isOurs: boolean
  isOwn: boolean
  receipt: Receipt | null
  tone?: MessageTone | undefined
}

export function Message(props: MessageProps) {
  const { event, restored, moderating, hasHead, isOurs, isOwn, receipt, tone } = props
  const { files, isRedacted } = event.payload
  const text = isRedacted ? '' : (restored ?? event.payload.text)
  return (
    <Frame
      by={event.by}
      at={event.at}
      isOurs={isOurs}
      isOwn={isOwn}
      hasHead={hasHead}
      below={
        <>
          {receipt && <ReceiptLine receipt={receipt} />}
          {tone && !isRedacted && <ToneMark tone={tone} />}
          {moderating && !isRedacted && <MessageActs messageId={event.payload.messageId} by={moderating} />}
        </>
      }
    >
      {text !== '' && (
        <div class={styles.bubble} title={hasHead ? undefined : clockTime(event.at)}>
          <MessageText text={text} />
        </div>
      )}
      {isRedacted && <p class={styles.redacted}>This message was removed</p>}
      <SentFiles files={files} />
    </Frame>
  )
}

function ReceiptLine({ receipt }: { receipt: Receipt }) {
  return (
    <p class={styles.receipt}>
      <Icon node={receipt.state === 'sent' ? Check : CheckCheck} size={14} />
      {receipt.text}
    </p>
  )
}

export interface PendingProps {
  message: PendingMessage
  by: Author
  hasHead: boolean
  onRetry: () => void
  onDiscard: () => void
}

/** Shown at once; says how far it has got, and stays with its words when it was refused. */
export function Pending({ message, by, hasHead, onRetry, onDiscard }: PendingProps) {
  const isRefused = message.state === 'refused'
  const waiting = { sending: 'Sending', waiting: 'Waits for the connection', accepted: 'Sent', refused: '' }
  return (
    <Frame
      by={by}
      at={message.at}
      isOurs
      isOwn
      hasHead={hasHead}
      below={
        isRefused ? (
          <div class={styles.failed} role="alert">
            <span class={styles.why}>
              <Icon node={TriangleAlert} size={14} />
              Not sent. {message.refusal && refusalWords(message.refusal)}
            </span>
            <Button size="s" icon={RotateCw} onClick={onRetry}>
              Try again
            </Button>
            <Button size="s" variant="quiet" icon={Trash2} onClick={onDiscard}>
              Discard
            </Button>
          </div>
        ) : (
          <p class={styles.receipt}>
            <Icon node={message.state === 'accepted' ? Check : Clock} size={14} />
            {waiting[message.state]}
          </p>
        )
      }
    >
      {message.text !== '' && (
        <div class={classes(styles.bubble, styles.pending)}>
          <MessageText text={message.text} />
        </div>
      )}
      <SentFiles files={message.files} />
    </Frame>
  )
}

export function Note({ event, isOwn }: { event: NoteAdded; isOwn: boolean }) {
  return (
    <article class={styles.note} aria-label={`Note by ${event.by.name}, team only`}>
      <p class={styles.noteHead}>
        <Icon node={StickyNote} size={14} />
        <b>Note by {isOwn ? 'you' : event.by.name}</b>
        <span>
          Team only ·{' '}
          <time dateTime={event.at} title={fullTime(event.at)}>
            {clockTime(event.at)}
          </time>
        </span>
      </p>
      <NoteText event={event} />
    </article>
  )
}

/** Mentions are picked out by the names that the server confirmed. */
function NoteText({ event }: { event: NoteAdded }) {
  const names = event.payload.mentions.map(({ name }) => `@${name}`)
  if (names.length === 0) return <MessageText text={event.payload.text} />
  const pattern = new RegExp(`(${names.map((name) => escaped(name)).join('|')})`)
  return (
    <p class={styles.noteText} dir="auto">
      {event.payload.text
        .split(pattern)
        .map((part, index) =>
          names.includes(part) ? <mark key={`${index}`}>{part}</mark> : <span key={`${index}`}>{part}</span>,
        )}
    </p>
  )
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
