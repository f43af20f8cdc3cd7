import { withoutMember } from '@parley/shared/conversation/former-member.ts'
import type { StoredEvent } from '../../conversations/index.ts'
import type { Sql } from '../../storage/database.ts'
import { eventsUpTo } from '../store.ts'
import { renameInEvents, renameInMarks } from './member-store.ts'

/** What stands in the log of one conversation, in the commit of the event that tells of it. */
export async function renameMember(
  sql: Sql,
  { conversationId, positions, payload }: Extract<StoredEvent, { type: 'memberErased' }>,
): Promise<void> {
  const { memberId } = payload
  const told = await eventsUpTo(sql, conversationId, positions.staff ?? 0)
  const left = told.flatMap((event) => {
    if (!JSON.stringify(event).includes(memberId)) return []
    return [withoutMember(event, memberId)]
  })
  await renameInEvents(sql, conversationId, left)
  await renameInMarks(sql, conversationId, memberId)
}
