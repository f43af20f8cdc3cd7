import type { InboxRow, Me } from '@parley/shared/protocol/reading.ts'

/** What one person should be told about a changed row since `startedAt`; null when it is nothing to look up for. */
export function newsOf(
  before: Pick<InboxRow, 'lastMessage' | 'offer' | 'assignee'> | undefined,
  row: InboxRow,
  me: Pick<Me, 'memberId' | 'availability'>,
  startedAt: string,
): string | null {
  if (row.status === 'closed') return null
  const { customer } = row
  if (row.offer?.to.memberId === me.memberId && before?.offer?.to.memberId !== me.memberId)
    return `${customer.name} is waiting: you are asked to answer`
  const isMine = row.assignee?.memberId === me.memberId
  if (isMine && before !== undefined && before.assignee?.memberId !== me.memberId && row.lastMessage !== null)
    return `${customer.name} is now yours`
  // A row that is seen for the first time may have changed for another reason than its last message.
  const isNewMessage =
    row.lastMessage !== null &&
    (before === undefined
      ? row.lastMessage.at >= startedAt
      : row.lastMessage.messageId !== before.lastMessage?.messageId)
  const isTheirs = row.lastMessage?.by.id === customer.contactId
  if (isMine && isNewMessage && isTheirs) return `${customer.name}: ${row.lastMessage?.text || 'sent a file'}`
  const isWaiting = row.status === 'waiting' && row.assignee === null
  const isNew = before === undefined && row.updatedAt >= startedAt
  if (isWaiting && isNew && me.availability === 'available' && isTheirs)
    return `${customer.name} is waiting for ${row.queue.name}`
  return null
}
