import type { WireEvent } from '@parley/shared/protocol/events.ts'
import { Eraser, Flag, Undo2 } from 'lucide'
import { Button } from '../parts/button.tsx'
import { classes } from '../parts/classes.ts'
import { Icon } from '../parts/icon.tsx'
import { flagWord } from './flag-words.ts'
import styles from './moderating.module.css'

/** What somebody may do to messages here; what is absent may not be done. */
export interface Moderating {
  /** Open flags by message. */
  flags: ReadonlyMap<string, readonly string[]>
  /** Messages whose masked original was kept and not given back yet. */
  masked: ReadonlySet<string>
  onRelease?: (messageId: string) => void
  onReject?: (messageId: string) => void
  onRestore?: (messageId: string) => void
  onRedact?: (messageId: string) => void
  onResolve?: (messageId: string, verdict: 'confirmed' | 'dismissed') => void
}

export function moderatingOf(
  events: readonly WireEvent[],
  flags: readonly { messageId: string | null; kinds: string[] }[],
): Pick<Moderating, 'flags' | 'masked'> {
  const masked = new Set<string>()
  for (const { type, payload } of events) {
    if (type === 'originalKept' && payload.sealed !== '') masked.add(payload.messageId)
    if (type === 'messageRestored' || type === 'messageRedacted') masked.delete(payload.messageId)
  }
  const open = flags.flatMap(({ messageId, kinds }) =>
    messageId === null ? [] : [[messageId, kinds] as const],
  )
  return { flags: new Map(open), masked }
}

/** Under a message: why it was flagged, and what can be done. */
export function MessageActs({ messageId, by }: { messageId: string; by: Moderating }) {
  const kinds = by.flags.get(messageId)
  const isMasked = by.onRestore !== undefined && by.masked.has(messageId)
  if (kinds === undefined && !isMasked && by.onRedact === undefined) return null
  const isFloating = kinds === undefined && !isMasked
  return (
    <div class={classes(styles.acts, isFloating && styles.floating)} data-floating={isFloating || undefined}>
      {kinds !== undefined && (
        <span class={styles.flag}>
          <Icon node={Flag} size={12} />
          {kinds.map(flagWord).join(', ')}
        </span>
      )}
      {kinds !== undefined && by.onResolve !== undefined && (
        <>
          <Button size="s" variant="quiet" onClick={() => by.onResolve?.(messageId, 'confirmed')}>
            Confirm
          </Button>
          <Button size="s" variant="quiet" onClick={() => by.onResolve?.(messageId, 'dismissed')}>
            Dismiss
          </Button>
        </>
      )}
      {isMasked && (
        <Button size="s" variant="quiet" icon={Undo2} onClick={() => by.onRestore?.(messageId)}>
          Restore…
        </Button>
      )}
      {by.onRedact !== undefined && (
        <Button
          size="s"
          variant="quiet"
          icon={Eraser}
          class={styles.onHover}
          onClick={() => by.onRedact?.(messageId)}
        >
          Redact…
        </Button>
      )}
    </div>
  )
}
