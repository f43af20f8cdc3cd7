import type { Conversation } from '@parley/shared/conversation/conversation.ts'
import type { InboxRow } from '@parley/shared/protocol/reading.ts'

/** What the conversation's frame shows: known from the list's row before the log has come. */
export type Subject = Pick<
  InboxRow,
  | 'conversationId'
  | 'status'
  | 'customer'
  | 'with'
  | 'queue'
  | 'about'
  | 'topic'
  | 'assignee'
  | 'offer'
  | 'snoozedUntilAt'
  | 'isLeftMessage'
> &
  // A row does not tell; until the log has come nothing is known of it.
  Partial<Pick<Conversation, 'moderation' | 'hand' | 'flags'>>

export function subjectOf(conversation: Conversation | null, row: InboxRow | null): Subject | null {
  return conversation ?? row
}
