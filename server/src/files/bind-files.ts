import { type Actor, actorIdOf } from '@parley/shared/people.ts'
import type { SentFile } from '@parley/shared/protocol/events.ts'
import { Refused } from '../app/refused.ts'
import type { Sql } from '../storage/database.ts'
import { lockSendableFiles, markSent, sentFileOf } from './store.ts'

/**
 * Ties files to the message that is being sent, in the message's own transaction. Only files this actor uploaded
 * and has not sent, for this conversation or for none yet. Nothing is changed when one of them does not fit.
 */
export async function bindFiles(
  sql: Sql,
  actor: Actor,
  conversationId: string,
  fileIds: readonly string[],
): Promise<SentFile[]> {
  if (fileIds.length === 0) return []
  const wish = { siteId: actor.siteId, uploadedBy: actorIdOf(actor), conversationId, fileIds }
  const found = new Map((await lockSendableFiles(sql, wish)).map((row) => [row.fileId, row]))
  const rows = fileIds.flatMap((fileId) => found.get(fileId) ?? [])
  if (found.size !== fileIds.length || rows.length !== fileIds.length) {
    throw new Refused('invalid', 'file.unknown', { field: 'fileIds' })
  }
  await markSent(sql, actor.siteId, conversationId, fileIds)
  return rows.map(sentFileOf)
}
