import type { Actor } from '@parley/shared/people.ts'
import type { NewEvent } from '@parley/shared/protocol/events.ts'
import { Refused } from '../app/refused.ts'
import type { Clock } from '../clock.ts'
import type { Database, Sql } from '../storage/database.ts'
import { type Decided as DecidedOf, type Deciding, decideBatch, type Plan as PlanOf } from './decide-batch.ts'
import type { Held, StoredEvent } from './held.ts'
import { createLine } from './line.ts'
import { keyOf, lockAndRead, type Part, writeParts } from './log-store.ts'
import { createRemembered } from './remembered.ts'

/** One request to write to one conversation. */
export interface Wish {
  actor: Actor
  conversationId: string
  /** Null for what only the system asks, which repeats safely by its own rules. */
  requestId: string | null
  /** What was asked, in a stable form: the same requestId with another content is a conflict. */
  content: unknown
  /** Waits as long as anybody may, where others are told “busy”. */
  goesFirst?: boolean
  /** Runs under the conversation's lock and must be pure; throws Refused for a no. `held` is null before the first event. */
  decide(held: Held | null, now: Date): readonly NewEvent[]
}

/** What the log says of a wish: the conversation after it, and the events of this request. */
export interface Written {
  held: Held
  events: readonly StoredEvent[]
  isRepeat: boolean
}

/** One conversation's part of a commit. */
export interface Committed {
  before: Held | null
  held: Held
  events: readonly StoredEvent[]
}

/** Work that must commit together with the events: job rows, file rows. */
export type Companion = (sql: Sql, commits: readonly Committed[]) => Promise<void>

export interface Log {
  append(wish: Wish): Promise<Written>
  /** After the commit, in commit order; hints only, whoever must miss nothing reads the log or is a companion. */
  onCommitted(listener: (commits: readonly Committed[]) => void): void
  /** The conversation as this node wrote it last: may be out of date, or absent. */
  recall(conversationId: string): Held | undefined
  /** Whoever wishes something here now would wait too long. */
  isBusy(conversationId: string): boolean
  /** Wishes that wait for a commit. */
  readonly waiting: number
  /** Resolves when everything appended so far has been answered. */
  drain(): Promise<void>
}

/** Whoever would wait longer than this for a commit to begin is told “busy” at once: later it would be the same answer. */
const longestWaitMs = 1_000
/** Whoever has waited this long in a line that no single commit can end is told so too: within the second, all in all. */
const makeWayAfterMs = 750
/** For memory: past this many waiting wishes too, however fast they are expected to go. */
const longestQueue = 4_000
/** By then everybody has an answer, whatever the database does: “try again” is one. */
const patienceMs = 3_000
const watchEveryMs = 100
const uniqueViolation = '23505'

/** A companion would add to what another node has overtaken. */
class MovedOn extends Error {}

interface Entry extends Deciding {
  at: number
}
type Decided = DecidedOf<Entry>
type Plan = PlanOf<Entry>

export function createLog(options: {
  database: Database
  clock: Clock
  companions: readonly Companion[]
  /** A fault while committing that is nobody's refusal. */
  onFault: (error: unknown) => void
  /** How many wishes a commit was for, and how long its transaction took. */
  onTimed?: (wishes: number, ms: number) => void
}): Log {
  const { database, clock, companions } = options
  const listeners: ((commits: readonly Committed[]) => void)[] = []
  const remembered = createRemembered()
  /** Oldest first. */
  const unanswered = new Set<Entry>()
  let watching: ReturnType<typeof setInterval> | undefined
  const line = createLine<Entry>((batch, left) => commit(expire(batch, left)))

  const isLate = (entry: Entry, afterMs = patienceMs) => performance.now() - entry.at >= afterMs
  const busy = () => new Refused('unavailable', 'busy', { retryAfterMs: 2_000 })

  function isBusy(conversationId: string): boolean {
    // A batch that was answered ends in the same turn: whoever goes on from its answer has nobody before them.
    return unanswered.size > 0 && (isFull() || line.waitMs(conversationId) > longestWaitMs)
  }
  const isFull = () => line.waiting >= longestQueue

  // Whether a late one is stored in the end is unknown, as when its answer is lost: the client asks again.
  function giveUpLate(): void {
    for (const entry of unanswered) {
      if (!isLate(entry)) break
      entry.reject(busy())
    }
    // Not when their turn would come: the commit before it may take as long again.
    for (const entry of line.shorten((entry) => !entry.wish.goesFirst && isLate(entry, makeWayAfterMs)))
      entry.reject(busy())
    if (unanswered.size > 0) return
    clearInterval(watching)
    watching = undefined
  }

  // Where the line is longer than was thought, who has waited too long makes way: so that not all of them are late.
  function expire(batch: Entry[], left: number): Entry[] {
    giveUpLate()
    const afterMs = left > 0 ? makeWayAfterMs : patienceMs
    const late = batch.filter((entry) => isLate(entry, entry.wish.goesFirst ? patienceMs : afterMs))
    for (const entry of late) entry.reject(busy())
    return late.length === 0 ? batch : batch.filter((entry) => !late.includes(entry))
  }

  async function commit(batch: Entry[]): Promise<void> {
    try {
      // Who was decided on something that has moved on, or was refused by it, is asked again under the lock.
      const again = await attempt(batch, false)
      if (again.length > 0) await commitLocked(again)
    } catch (error) {
      if (isOutage(error)) await commitSingly(batch, false)
      else await commitLocked(batch)
    }
  }

  async function commitLocked(batch: Entry[]): Promise<void> {
    try {
      await attempt(batch, true)
    } catch (error) {
      // Another node wrote the same request or conversation first: now it can be seen.
      const isRace = (error as { code?: string }).code === uniqueViolation
      if (batch.length > 1 || isRace) await commitSingly(batch, isRace)
      else fail(batch, error)
    }
  }

  // One bad wish must not take the others of its batch with it.
  async function commitSingly(batch: Entry[], isRace: boolean): Promise<void> {
    for (const [at, entry] of batch.entries()) {
      try {
        await attempt([entry], true)
      } catch (error) {
        if (!isRace && isOutage(error)) return fail(batch.slice(at), error)
        fail([entry], error)
      }
    }
  }

  /** Answers after the commit; gives back whoever must be asked again. */
  async function attempt(batch: Entry[], isLocked: boolean): Promise<Entry[]> {
    if (batch.length === 0) return []
    let writing = Promise.resolve(new Map<string, string>())
    const from = performance.now()
    try {
      const { decided, parts, again } = await database.transaction(async (sql) => {
        const plan = await decideAll(sql, batch, isLocked)
        if (plan.parts.length > 0) {
          writing = writeParts(sql, plan.parts)
          writing.catch(() => {})
          await accompany(sql, plan.parts, writing)
        }
        return plan
      })
      const versions = await writing
      options.onTimed?.(batch.length, performance.now() - from)
      // A batch that has filled meanwhile sets out before this one is told: telling takes longer than sending.
      await new Promise<void>((next) => setImmediate(next))
      return tell(batch, decided, parts, again, versions)
    } catch (error) {
      for (const { wish } of batch) remembered.forget(wish.conversationId)
      // The commit only says that some statement failed; which one and why, the statement says.
      if ((error as { code?: string }).code === undefined) await writing
      throw error
    }
  }

  /** The commit does not wait for what was written to be answered, unless a companion has something to add to it. */
  async function accompany(
    sql: Sql,
    parts: readonly Part[],
    writing: Promise<Map<string, string>>,
  ): Promise<void> {
    const after: Sql = {
      seal: sql.seal,
      async query<Row>(text: string, params?: readonly unknown[]) {
        if ((await writing).size < parts.length) throw new MovedOn()
        return sql.query<Row>(text, params)
      },
    }
    for (const companion of companions) await companion(after, parts)
  }

  function tell(
    batch: Entry[],
    decided: readonly Decided[],
    parts: readonly Part[],
    again: readonly Entry[],
    versions: Map<string, string>,
  ): Entry[] {
    const lost = new Set<string>()
    const commits: Committed[] = []
    for (const part of parts) {
      const { conversationId } = part.held.conversation
      const version = versions.get(conversationId)
      if (version === undefined) {
        lost.add(conversationId)
        remembered.overtaken(conversationId)
      } else {
        remembered.keep(conversationId, { held: part.held, version })
        commits.push(part)
      }
    }
    if (commits.length > 0) for (const listener of listeners) listener(commits)
    const asked = new Set(again)
    for (const { entry, written } of decided) {
      if (lost.has(entry.wish.conversationId)) {
        asked.add(entry)
        continue
      }
      if (entry.wish.requestId !== null) remembered.see(keyOf(entry.wish))
      entry.resolve(written)
    }
    return asked.size === 0 ? [] : batch.filter((entry) => asked.has(entry))
  }

  function fail(entries: Entry[], error: unknown): void {
    if (error instanceof Refused) {
      for (const entry of entries) entry.reject(error)
      return
    }
    options.onFault(error)
    // Whether it was stored is unknown: the client asks again with the same requestId.
    const refused = isOutage(error) ? new Refused('unavailable', 'storage', { retryAfterMs: 1_000 }) : error
    for (const entry of entries) entry.reject(refused)
  }

  async function decideAll(sql: Sql, batch: Entry[], isLocked: boolean): Promise<Plan> {
    const unsure = batch.filter(
      ({ wish }) =>
        isLocked ||
        remembered.isShared(wish.conversationId) ||
        remembered.find(wish.conversationId) === undefined ||
        (wish.requestId !== null && remembered.hasSeen(keyOf(wish))),
    )
    const locked = new Set(unsure.map(({ wish }) => wish.conversationId))
    const wishes = batch.map(({ wish }) => wish).filter(({ conversationId }) => locked.has(conversationId))
    const { found, repeats } = await lockAndRead(sql, [...locked].sort(), wishes)
    for (const [conversationId, { version }] of found) remembered.compare(conversationId, version)
    return decideBatch(batch, {
      now: clock.now(),
      repeats,
      isSure: (conversationId) => locked.has(conversationId),
      find: (conversationId) =>
        locked.has(conversationId) ? found.get(conversationId) : remembered.find(conversationId),
      onFault: options.onFault,
    })
  }

  return {
    append(wish) {
      if (wish.goesFirst ? isFull() : isBusy(wish.conversationId)) return Promise.reject(busy())
      return new Promise((resolve, reject) => {
        const entry: Entry = {
          wish,
          at: performance.now(),
          resolve(written) {
            unanswered.delete(entry)
            resolve(written)
          },
          reject(reason) {
            unanswered.delete(entry)
            reject(reason)
          },
        }
        unanswered.add(entry)
        watching ??= setInterval(giveUpLate, watchEveryMs)
        line.add(wish.conversationId, entry)
      })
    },
    onCommitted(listener) {
      listeners.push(listener)
    },
    isBusy,
    get waiting() {
      return line.waiting
    },
    recall: (conversationId) => remembered.find(conversationId)?.held,
    drain: () => line.drain(),
  }
}

// Connection lost, starting up, shutting down, too many clients, a timeout of the storage itself.
function isOutage(error: unknown): boolean {
  const code = (error as { code?: string }).code ?? ''
  return (
    /^(08|53|57|55P03|40)/.test(code) ||
    ['unavailable', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOSPC'].includes(code)
  )
}
