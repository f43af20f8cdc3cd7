import type { InboxRow } from '@parley/shared/protocol/reading.ts'

type Counted = Pick<InboxRow, 'unread' | 'unanswered' | 'waitingSince'>

/**
 * A hint goes to many at once and cannot know what this person has read: only what is new is counted. One hint may
 * stand for several messages, and an answer in between has read what came before it.
 */
export function unreadAfter(held: Counted | undefined, hinted: Counted): number {
  if (held === undefined) return hinted.unread
  const wasAnswered =
    hinted.unanswered < held.unanswered ||
    (held.waitingSince !== null && held.unanswered > 0 && hinted.waitingSince !== held.waitingSince)
  if (wasAnswered) return hinted.unanswered
  return Math.min(hinted.unanswered, held.unread + hinted.unanswered - held.unanswered)
}
