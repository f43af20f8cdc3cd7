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

type InRoom = Pick<InboxRow, 'unread' | 'lastMessage'>

/** In a room whatever others say is new: at least one, until the list is read again. */
export function unreadInRoom(held: InRoom | undefined, hinted: InRoom, ownId: string): number {
  const { lastMessage } = hinted
  if (lastMessage === null || lastMessage.by.id === ownId) return 0
  const isNew = held?.lastMessage?.messageId !== lastMessage.messageId
  return (held?.unread ?? 0) + Number(isNew)
}
