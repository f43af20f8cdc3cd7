import type { Parts } from '../app/parts.ts'
import { erasePersonFromAudit } from '../audit/index.ts'
import type { Log } from '../conversations/index.ts'
import { announceRevoked } from '../identity/index.ts'
import type { Sql } from '../storage/database.ts'
import { sweep } from './companion.ts'
import * as store from './store.ts'

export const erasePersonJob = 'erasePerson'
const atOnce = 50
/** Well within the lease of a timer: the rest is another turn. */
const longestTurnMs = 20_000
/** By then every node has noticed that the person's sessions are over (A3): what came meanwhile goes too. */
const lookAgainMs = 90_000

interface Job {
  siteId: string
  contactIds: string[]
  isAgain?: boolean
}

/** Part of the transaction that decides it: who the person was is gone with its commit, and the rest is promised. */
export async function planErasure(
  parts: Pick<Parts, 'clock' | 'timers'>,
  sql: Sql,
  siteId: string,
  contactIds: string[],
): Promise<void> {
  const now = parts.clock.now()
  await store.blankPeople(sql, siteId, contactIds, now)
  for (const contactId of contactIds)
    await erasePersonFromAudit(sql, { siteId, actorId: contactId, objects: [`contact:${contactId}`] })
  const job: Job = { siteId, contactIds }
  await parts.timers.set(sql, erasePersonJob, contactIds[0] ?? '', now, job)
}

/** Runs once across all nodes and goes on where it was, whatever stops. */
export function registerErasure(
  parts: Pick<Parts, 'clock' | 'timers' | 'database'>,
  log: Pick<Log, 'append'>,
): void {
  const { database, clock, timers } = parts

  timers.on(erasePersonJob, async ({ key, payload }) => {
    const job = payload as Job
    const { siteId, contactIds } = job
    const from = clock.now().getTime()
    for (;;) {
      const found = await store.unerased(database, siteId, contactIds, atOnce)
      for (const conversationId of found) await eraseConversation(log, siteId, conversationId, 'asked')
      if (found.length < atOnce) break
      if (clock.now().getTime() - from > longestTurnMs)
        return timers.set(database, erasePersonJob, key, clock.now(), job)
    }
    await database.transaction(async (sql) => {
      await store.blankPeople(sql, siteId, contactIds, clock.now())
      for (const uploadedBy of contactIds)
        await sweep(parts, sql, siteId, await store.takeFiles(sql, siteId, { uploadedBy }))
    })
    // After the event that blanks their own screen.
    for (const contactId of contactIds) announceRevoked(parts, { contactId })
    if (!job.isAgain)
      await timers.set(database, erasePersonJob, key, new Date(clock.now().getTime() + lookAgainMs), {
        ...job,
        isAgain: true,
      })
  })
}

/** Ends it, and takes out what was said; once, however often it is asked for. */
export async function eraseConversation(
  log: Pick<Log, 'append'>,
  siteId: string,
  conversationId: string,
  why: 'asked' | 'retention',
): Promise<void> {
  await log.append({
    actor: { kind: 'system', siteId, rule: 'erasure' },
    conversationId,
    requestId: null,
    content: null,
    decide(held) {
      if (!held || held.conversation.isErased) return []
      const isClosed = held.conversation.status === 'closed'
      // Opened again meanwhile: it is not over.
      if (why === 'retention' && !isClosed) return []
      const end = { type: 'conversationClosed', payload: { why: 'ended' } } as const
      return [...(isClosed ? [] : [end]), { type: 'conversationErased', payload: { why } }]
    },
  })
}
