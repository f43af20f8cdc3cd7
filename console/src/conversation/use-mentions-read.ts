import type { WireEvent } from '@parley/shared/protocol/events.ts'
import { connectionState } from '../connection.ts'
import { useSeen } from './use-seen.ts'

/**
 * Once for each note that calls this person, and once at first: what calls them may stand further up than is loaded.
 * After a lost connection once more, because what was said then may not have arrived.
 */
export function useMentionsRead(
  events: readonly WireEvent[],
  ownId: string,
  isAtBottom: () => boolean,
  onRead: ((position: number) => void) | undefined,
): void {
  const newest = events.at(-1)?.position
  const isOnline = connectionState.value === 'online'
  const what = newest === undefined || !isOnline ? null : mentionedAt(events, ownId)
  useSeen(what, isAtBottom, () => {
    if (newest !== undefined) onRead?.(newest)
  })
}

/** Position of the newest note that calls this person; 0 when none of these does. */
export function mentionedAt(events: readonly WireEvent[], ownId: string): number {
  const note = events.findLast(
    (event) =>
      event.type === 'noteAdded' && event.payload.mentions.some(({ memberId }) => memberId === ownId),
  )
  return note?.position ?? 0
}
