import { afterErasure } from '@parley/shared/conversation/erasure.ts'
import type { Parts } from '../app/parts.ts'
import { Refused } from '../app/refused.ts'
import { erasePersonFromAudit } from '../audit/index.ts'
import type { Companion, StoredEvent } from '../conversations/index.ts'
import { sweepFile } from '../files/index.ts'
import type { Sql } from '../storage/database.ts'
import { beforeTaking, isHeldConversation } from './holds/hold-store.ts'
import { renameMember } from './members/rename-member.ts'
import * as store from './store.ts'

/** What an erasure takes out at rest commits with the event that tells of it: no client learns of it too early, none too late. */
export function erasureCompanion(parts: Pick<Parts, 'clock' | 'timers'>): Companion {
  return async (sql, commits) => {
    for (const { held, events } of commits)
      for (const event of events)
        if (event.type === 'conversationErased') {
          if (event.payload.why === 'retention') await weighHold(sql, event)
          await eraseConversation(parts, sql, event, held.conversation.customer.contactId)
        } else if (event.type === 'memberErased') await renameMember(sql, event)
  }
}

/** An erasure that was asked for was weighed when it was decided; the clock is weighed here, as the words go. */
async function weighHold(sql: Sql, { siteId, conversationId }: StoredEvent): Promise<void> {
  await beforeTaking(sql, siteId)
  if (await isHeldConversation(sql, siteId, conversationId)) throw new Refused('conflict', 'person.held')
}

async function eraseConversation(
  parts: Pick<Parts, 'clock' | 'timers'>,
  sql: Sql,
  { siteId, conversationId, positions }: StoredEvent,
  contactId: string,
): Promise<void> {
  const told = await store.eventsUpTo(sql, conversationId, positions.staff ?? 0)
  await store.rewriteEvents(
    sql,
    conversationId,
    told.map((event) => afterErasure(event)),
  )
  const fileIds = told.flatMap(({ payload }) =>
    'files' in payload ? payload.files.map(({ fileId }) => fileId) : [],
  )
  await sweep(parts, sql, siteId, await store.takeFiles(sql, siteId, { conversationId, fileIds }))
  await store.eraseAround(sql, siteId, conversationId)
  const messageIds = told.flatMap(({ payload }) =>
    'messageId' in payload && payload.messageId !== null ? [payload.messageId] : [],
  )
  const about = `conversation:${conversationId}`
  const objects = [...new Set(messageIds)].map((messageId) => `message:${messageId} in ${about}`)
  await erasePersonFromAudit(sql, { siteId, actorId: contactId, objects: [about, ...objects] })
}

/** Out of reach now; their bytes go when the timer has run. */
export async function sweep(
  { timers, clock }: Pick<Parts, 'clock' | 'timers'>,
  sql: Sql,
  siteId: string,
  fileIds: readonly string[],
): Promise<void> {
  for (const fileId of fileIds)
    await timers.set(sql, sweepFile, fileId, clock.now(), { siteId, fileId, isClaimed: true })
}
