import type { Author } from '@parley/shared/people.ts'
import type { WireEvent } from '@parley/shared/protocol/events.ts'
import { useSeen } from './use-seen.ts'

export function useReadMark(
  events: readonly WireEvent[],
  isOurs: (by: Author) => boolean,
  isAtBottom: () => boolean,
  onRead: (messageId: string) => void,
): void {
  const newest = events.findLast((event) => event.type === 'messageSent' && !isOurs(event.by))
  const messageId = newest?.type === 'messageSent' ? newest.payload.messageId : null
  useSeen(messageId, isAtBottom, () => {
    if (messageId !== null) onRead(messageId)
  })
}
