import { writeAudit } from '../app/audit.ts'
import type { Parts } from '../app/parts.ts'
import { Refused } from '../app/refused.ts'
import type { Companion, StoredEvent } from '../conversations/index.ts'
import { sweepFile } from '../files/index.ts'
import { auditLinesOf } from './audit-lines.ts'
import { blankMessage, isRedacted, setBlocked } from './store.ts'

/** What an act of moderation changes besides the log, in the transaction that writes the act: rows, files, the audit. */
export function moderationCompanion(parts: Pick<Parts, 'clock' | 'timers'>): Companion {
  return async (sql, commits) => {
    for (const { before, held, events } of commits) {
      for (const event of events) await follow(event)
      for (const { actor, line } of auditLinesOf(before, held, events)) await writeAudit(sql, actor, line)

      async function follow(event: StoredEvent): Promise<void> {
        const { siteId, conversationId } = event
        const { contactId } = held.conversation.customer
        if (event.type === 'messageRedacted') {
          const { messageId, heldAs } = event.payload
          const ids = heldAs === undefined ? [messageId] : [messageId, heldAs]
          for (const fileId of await blankMessage(sql, siteId, conversationId, ids))
            await parts.timers.set(sql, sweepFile, fileId, parts.clock.now(), {
              siteId,
              fileId,
              isClaimed: true,
            })
        }
        // Opened before the lock: a redaction that came between has the last word.
        if (event.type === 'messageRestored') {
          const isGone = await isRedacted(sql, conversationId, event.payload.messageId)
          if (isGone) throw new Refused('conflict', 'restore.nothing')
        }
        if (event.type === 'customerBlocked') await setBlocked(sql, siteId, contactId, event.at)
        if (event.type === 'customerUnblocked') await setBlocked(sql, siteId, contactId, null)
      }
    }
  }
}
