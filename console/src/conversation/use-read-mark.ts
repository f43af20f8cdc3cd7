import type { ReaderKind } from '@parley/shared/people.ts'
import type { WireEvent } from '@parley/shared/protocol/events.ts'
import { useEffect } from 'preact/hooks'

/** Read means: the newest line is on the screen, and the person is in this window. */
export function useReadMark(
  events: readonly WireEvent[],
  side: ReaderKind,
  isAtBottom: () => boolean,
  onRead: (messageId: string) => void,
): void {
  const newest = events.findLast((event) => event.type === 'messageSent' && event.by.side !== side)
  const messageId = newest?.type === 'messageSent' ? newest.payload.messageId : null
  useEffect(() => {
    if (messageId === null) return
    const look = () => {
      if (!document.hasFocus() || document.visibilityState !== 'visible' || !isAtBottom()) return
      stop()
      onRead(messageId)
    }
    const stop = () => {
      removeEventListener('focus', look)
      removeEventListener('scroll', look, true)
    }
    addEventListener('focus', look)
    addEventListener('scroll', look, true)
    look()
    return stop
  }, [messageId])
}
