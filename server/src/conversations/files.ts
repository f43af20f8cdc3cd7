import type { Actor } from '@parley/shared/people.ts'
import { actorIdOf } from '@parley/shared/people.ts'
import type { SentFile } from '@parley/shared/protocol/events.ts'
import type { Parts } from '../app/parts.ts'
import { Refused } from '../app/refused.ts'
import type { Sql } from '../storage/database.ts'
import type { Committed } from './log.ts'
import { claimableFiles, markFilesHeld, markFilesSent } from './store.ts'

/** Files this actor uploaded for this conversation and has not sent yet, in the order asked for. */
export async function claimFiles(
  parts: Parts,
  actor: Actor,
  conversationId: string,
  fileIds: readonly string[],
): Promise<SentFile[]> {
  if (fileIds.length === 0) return []
  const found = await claimableFiles(parts.database, actor.siteId, actorIdOf(actor), conversationId, fileIds)
  return fileIds.map((fileId) => {
    const file = found.find((candidate) => candidate.fileId === fileId)
    if (!file) throw new Refused('invalid', 'file.unknown', { field: 'fileIds' })
    return file
  })
}

/** Sent files belong to their conversation from the same commit on; of two messages with one file, one is refused. */
export async function bindSentFiles(sql: Sql, commits: readonly Committed[]): Promise<void> {
  for (const { held, events } of commits)
    for (const event of events) {
      const isHeld = event.type === 'vendorMessageHeld' || event.type === 'customerMessageHeld'
      if ((event.type !== 'messageSent' && !isHeld) || event.payload.files.length === 0) continue
      const { messageId, files } = event.payload
      const { siteId } = held
      const fileIds = files.map((file) => file.fileId)
      const bound = isHeld
        ? await markFilesHeld(sql, siteId, event.conversationId, fileIds, messageId)
        : await markFilesSent(sql, siteId, event.conversationId, fileIds, event.at)
      if (bound !== fileIds.length) throw new Refused('invalid', 'file.unknown', { field: 'fileIds' })
    }
}
