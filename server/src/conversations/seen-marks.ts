import type { ReaderKind } from '@parley/shared/people.ts'
import type { Marks } from '@parley/shared/protocol/ephemeral.ts'
import type { Held } from './held.ts'

/** Who only looks on is seen by colleagues alone: the other sides learn of who answers, not of watchers. */
export function sidesThatSee(marks: Pick<Marks, 'side' | 'readerId'>, held: Held): readonly ReaderKind[] {
  const { assignee, moderation } = held.conversation
  const isWatching =
    marks.side === 'staff' && ![assignee?.memberId, moderation.moderator?.memberId].includes(marks.readerId)
  return isWatching ? ['staff'] : ['customer', 'vendor', 'staff']
}
