import { isRoom } from '@parley/shared/conversation/room.ts'
import type { InboxRow, InboxView, Me } from '@parley/shared/protocol/reading.ts'

export interface InboxQuery {
  view: InboxView
  search: string
  queueId: string | null
  topicId: string | null
  unreadOnly: boolean
}

export const inboxViews = [
  'mine',
  'waiting',
  'team',
  'all',
  'rooms',
  'mentions',
  'closed',
] as const satisfies InboxView[]

/** Notes are for staff only, and so is being called by one; rooms are for those who may be in one or moderate. */
export function viewsFor({ role, areRoomsOn }: Pick<Me, 'role' | 'areRoomsOn'>): readonly InboxView[] {
  return inboxViews.filter((view) => {
    if (view === 'rooms') return areRoomsOn && role !== 'csr'
    return view !== 'mentions' || role !== 'vendor'
  })
}

export const inboxViewNames: Record<InboxView, string> = {
  mine: 'Mine',
  waiting: 'Waiting',
  team: 'Team',
  all: 'All',
  rooms: 'Rooms',
  mentions: 'Mentions',
  closed: 'Closed',
}

/** Whether a row that has just changed still belongs in what is listed; a search is the server's to judge. */
export function belongsIn(query: InboxQuery, row: InboxRow, me: Pick<Me, 'memberId'>): boolean {
  if (!isInView(query.view, row, me)) return false
  if (query.queueId !== null && row.queue.id !== query.queueId) return false
  if (query.topicId !== null && row.topic?.id !== query.topicId) return false
  return !query.unreadOnly || isUnread(row)
}

/** Something of the other side, or a note that calls this person, has not been read. */
export function isUnread(row: Pick<InboxRow, 'unread' | 'mention'>): boolean {
  return row.unread > 0 || row.mention === 'open'
}

function isInView(view: InboxView, row: InboxRow, me: Pick<Me, 'memberId'>): boolean {
  const isMine = row.assignee?.memberId === me.memberId || row.offer?.to.memberId === me.memberId
  switch (view) {
    case 'closed':
      return row.status === 'closed'
    case 'all':
      return row.status !== 'closed'
    case 'rooms':
      return row.status !== 'closed' && isRoom(row)
    case 'mentions':
      return row.mention != null
    case 'mine':
      return row.status !== 'closed' && isMine
    case 'waiting':
      return row.status === 'waiting' || row.status === 'offered'
    case 'team':
      return row.status !== 'closed' && row.assignee !== null
  }
  return view satisfies never
}

export function hasFilters(query: InboxQuery): boolean {
  return query.queueId !== null || query.topicId !== null || query.unreadOnly
}
