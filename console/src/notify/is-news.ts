import type { InboxRow, Me } from '@parley/shared/protocol/reading.ts'

/** What one person should be told about a changed row; null when it is nothing to look up for. */
export function newsOf(
  before: Pick<InboxRow, 'lastMessage' | 'offer' | 'assignee'> | undefined,
  row: InboxRow,
  me: Pick<Me, 'memberId' | 'availability'>,
): string | null {
  if (row.status === 'closed') return null
  const { customer } = row
  if (row.offer?.to.memberId === me.memberId && before?.offer?.to.memberId !== me.memberId)
    return `${customer.name} is waiting: you are asked to answer`
  const isMine = row.assignee?.memberId === me.memberId
  if (isMine && before !== undefined && before.assignee?.memberId !== me.memberId && row.lastMessage !== null)
    return `${customer.name} is now yours`
  const isNewMessage =
    row.lastMessage !== null && row.lastMessage.messageId !== before?.lastMessage?.messageId
  const isTheirs = row.lastMessage?.by.id === customer.contactId
  if (isMine && isNewMessage && isTheirs) return `${customer.name}: ${row.lastMessage?.text || 'sent a file'}`
  const isWaiting = row.status === 'waiting' && row.assignee === null
  if (isWaiting && before === undefined && me.availability === 'available' && isTheirs)
    return `${customer.name} is waiting for ${row.queue.name}`
  return null
}
