import type { WireEvent } from '@parley/shared/protocol/events.ts'
import { Ear } from 'lucide'
import { Icon } from '../parts/icon.tsx'
import { clockTime, fullTime } from '../times.ts'
import { MessageText } from './message-text.tsx'
import styles from './whisper.module.css'

interface WhisperProps {
  event: Extract<WireEvent, { type: 'whisperSent' }>
  /** Why; nobody but staff is told. */
  reason: string | undefined
  isOwn: boolean
}

/** The moderator's word for the vendor alone. */
export function Whisper({ event, reason, isOwn }: WhisperProps) {
  return (
    <article class={styles.whisper} aria-label={`Whisper by ${event.by.name}, the customer does not see it`}>
      <p class={styles.head}>
        <Icon node={Ear} size={14} />
        <b>Whisper by {isOwn ? 'you' : event.by.name}</b>
        <span>
          The customer does not see it ·{' '}
          <time dateTime={event.at} title={fullTime(event.at)}>
            {clockTime(event.at)}
          </time>
        </span>
      </p>
      <MessageText text={event.payload.text} />
      {reason !== undefined && <p class={styles.reason}>Reason: {reason}</p>}
    </article>
  )
}
