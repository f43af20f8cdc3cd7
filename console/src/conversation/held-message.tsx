import type { WireEvent } from '@parley/shared/protocol/events.ts'
import { CircleSlash, Hourglass } from 'lucide'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { clockTime, fullTime } from '../times.ts'
import { flagWord } from './flag-words.ts'
import styles from './held-message.module.css'
import { MessageText } from './message-text.tsx'
import type { Moderating } from './moderating.tsx'
import { SentFiles } from './sent-files.tsx'

interface HeldMessageProps {
  event: Extract<WireEvent, { type: 'vendorMessageHeld' | 'customerMessageHeld' }>
  /** What its sender was told; nothing while it waits. */
  rejected: string | undefined
  isOwn: boolean
  by: Moderating | undefined
}

/** A message that the other side has not seen: it waits for a moderator, or was not let through. */
export function HeldMessage({ event, rejected, isOwn, by }: HeldMessageProps) {
  const { messageId, text, files, why } = event.payload
  const name = isOwn ? 'You' : event.by.name
  return (
    <article class={styles.held} aria-label={`Held message by ${name}, ${clockTime(event.at)}`}>
      <p class={styles.head}>
        <Icon node={rejected === undefined ? Hourglass : CircleSlash} size={14} />
        <b>{rejected === undefined ? 'Held for a moderator' : 'Not let through'}</b>
        <span>
          {name}
          {why.length > 0 && ` · ${why.map(flagWord).join(', ')}`} ·{' '}
          <time dateTime={event.at} title={fullTime(event.at)}>
            {clockTime(event.at)}
          </time>
        </span>
      </p>
      {text !== '' && <MessageText text={text} />}
      <SentFiles files={files} />
      {rejected === undefined && by?.onRelease !== undefined && (
        <div class={styles.acts}>
          <Button size="s" variant="primary" onClick={() => by.onRelease?.(messageId)}>
            Release…
          </Button>
          <Button size="s" variant="danger" onClick={() => by.onReject?.(messageId)}>
            Return…
          </Button>
        </div>
      )}
      {rejected !== undefined && <p class={styles.words}>Told: “{rejected}”</p>}
    </article>
  )
}
