import type { Retention } from '@parley/shared/protocol/retention.ts'
import type { Parts } from '../app/parts.ts'
import { Refused } from '../app/refused.ts'
import { eraseOld } from '../audit/index.ts'
import type { Log } from '../conversations/index.ts'
import { beforeTaking, blankPeople, eraseConversation, sweep, takeFiles } from '../erasure/index.ts'
import type { Sql } from '../storage/database.ts'
import * as store from './store.ts'

const retentionJob = 'retention'
const everyMs = 60 * 60_000
const soonMs = 1_000
/** Small, so that nobody waits for it. */
const atOnce = 50
/** What takes longer is another turn. */
const longestTurnMs = 20_000
const dayMs = 24 * 60 * 60_000
/** What must go anyway, whatever a site has set. */
const deadBrowserDays = 30

type Needs = Pick<Parts, 'clock' | 'timers' | 'database'>

/** Runs once across all nodes. Sites that have set nothing lose nothing but dead browsers. */
export function registerRetention(parts: Needs, log: Pick<Log, 'append'>): void {
  const turn = async () => {
    const isDone = await keepToIt(parts, log)
    await plan(parts, isDone ? everyMs : soonMs)
  }
  parts.timers.on(retentionJob, turn, { isApart: true })
}

/** Every start moves it by an hour at most: it is late only where nobody stays up for an hour. */
export function planRetention(parts: Needs): Promise<void> {
  return plan(parts, everyMs / 60)
}

function plan({ timers, database, clock }: Needs, ms: number): Promise<void> {
  return timers.set(database, retentionJob, 'all', new Date(clock.now().getTime() + ms))
}

/** True when nothing more is over. */
async function keepToIt(parts: Needs, log: Pick<Log, 'append'>): Promise<boolean> {
  const { database, clock } = parts
  const from = clock.now().getTime()
  const hasTime = () => clock.now().getTime() - from < longestTurnMs
  const isOver = async (turn: () => Promise<number>) => {
    while (hasTime()) if ((await turn()) < atOnce) return true
    return false
  }
  const dead = new Date(from - deadBrowserDays * dayMs)
  if (!(await isOver(() => store.deleteDeadBrowsers(database, dead, atOnce)))) return false
  if (!(await isOver(() => store.deleteUsedIdentities(database, new Date(from), atOnce)))) return false
  for (const { siteId, terms } of await store.sitesThatSet(database))
    for (const turn of turnsOf(parts, log, siteId, terms)) if (!(await isOver(turn))) return false
  return true
}

/** One small piece of each kind; answers how many went. Conversations first: who is in none may go then. */
function turnsOf(
  parts: Needs,
  log: Pick<Log, 'append'>,
  siteId: string,
  terms: Retention,
): (() => Promise<number>)[] {
  const { database, clock } = parts
  const { conversationDays, fileDays, personDays, auditDays } = terms
  const before = (days: number) => new Date(clock.now().getTime() - days * dayMs)
  const taking = (take: (sql: Sql) => Promise<number>) =>
    database.transaction(async (sql) => {
      await beforeTaking(sql, siteId)
      return take(sql)
    })
  return [
    ...(conversationDays === null
      ? []
      : [
          async () => {
            const found = await store.conversationsOver(database, siteId, before(conversationDays), atOnce)
            for (const conversationId of found) await takeConversation(log, siteId, conversationId)
            return found.length
          },
        ]),
    ...(fileDays === null
      ? []
      : [
          () =>
            taking(async (sql) => {
              const fileIds = await store.filesOver(sql, siteId, before(fileDays), atOnce)
              await sweep(parts, sql, siteId, await takeFiles(sql, siteId, { fileIds }))
              return fileIds.length
            }),
        ]),
    ...(personDays === null
      ? []
      : [
          () =>
            taking(async (sql) => {
              const contactIds = await store.peopleOver(sql, siteId, before(personDays), atOnce)
              await blankPeople(sql, siteId, contactIds, clock.now())
              return contactIds.length
            }),
        ]),
    ...(auditDays === null ? [] : [() => taking((sql) => eraseOld(sql, siteId, before(auditDays), atOnce))]),
  ]
}

/** Held since it was found to be over: it stays. */
async function takeConversation(
  log: Pick<Log, 'append'>,
  siteId: string,
  conversationId: string,
): Promise<void> {
  try {
    await eraseConversation(log, siteId, conversationId, 'retention')
  } catch (error) {
    if (!(error instanceof Refused) || error.refusal.reason !== 'person.held') throw error
  }
}
