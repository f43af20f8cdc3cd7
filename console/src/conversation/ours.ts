import { isRoom } from '@parley/shared/conversation/room.ts'
import type { Author } from '@parley/shared/people.ts'
import type { Counterpart } from '@parley/shared/protocol/events.ts'

/** Of the reader's own side; in a room of vendors that is one's own shop. */
export function isOurs(by: Author, self: Author, conversation: { with: Counterpart } | null): boolean {
  if (by.side !== self.side) return false
  return conversation === null || !isRoom(conversation) || by.of === self.of
}
