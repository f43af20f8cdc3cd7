import type { Actor } from '@parley/shared/people.ts'
import type { NewEvent } from '@parley/shared/protocol/events.ts'
import { Refused } from '../app/refused.ts'
import type { Clock } from '../clock.ts'
import type { Database, Sql } from '../storage/database.ts'
import type { Held, StoredEvent } from './held.ts'
import { createLanes } from './lanes.ts'
import { keyOf, lockAndRead, type Part, type Versioned, writeParts } from './log-store.ts'
import { fingerprintOf, numberEvents } from './numbering.ts'
import { createRemembered } from './remembered.ts'

/** One request to write to one conversation. */
export interface Wish {
  actor: Actor
  conversationId: string
  /** Null for what only the system asks, which repeats safely by its own rules. */
  requestId: string | null
  /** What was asked, in a stable form: the same requestId with another content is a conflict. */
  content: unknown
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
  /** Resolves when everything appended so far has been answered. */
  drain(): Promise<void>
}

/** Past this many waiting wishes the honest answer is “busy”, at once. */
const longestQueue = 4_000
const patienceMs = 3_000
/** The embedded engine has one connection: a second lane only keeps it from waiting for us. */
const laneCount = { embedded: 2, postgres: 3 } as const
const uniqueViolation = '23505'

interface Entry {
  wish: Wish
  at: number
  resolve(written: Written): void
  reject(reason: unknown): void
}

interface Decided {
  entry: Entry
  written: Written
}

interface Outcome {
  decided: Decided[]
  commits: Committed[]
  again: Entry[]
  versions: Map<string, string>
}

/** Decided on what is only remembered, and nothing that is written would show that it has moved on. */
class Unsure extends Error {}

export function createLog(options: {
  database: Database
  clock: Clock
  companions: readonly Companion[]
  /** A fault while committing that is nobody's refusal. */
  onFault: (error: unknown) => void
}): Log {
  const { database, clock, companions } = options
  const listeners: ((commits: readonly Committed[]) => void)[] = []
  const remembered = createRemembered()
  const lanes = createLanes<Entry>(laneCount[database.engine], (batch) => commit(expire(batch)))

  function expire(batch: Entry[]): Entry[] {
    const now = performance.now()
    return batch.filter((entry) => {
      if (now - entry.at < patienceMs) return true
      entry.reject(new Refused('unavailable', 'busy', { retryAfterMs: 1_000 }))
      return false
    })
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
    try {
      const { decided, commits, again, versions } = await database.transaction((sql) =>
        write(sql, batch, isLocked),
      )
      // The next transaction sets out before this one is told: telling takes longer than sending.
      await new Promise<void>((next) => setImmediate(next))
      for (const { held } of commits) {
        const { conversationId } = held.conversation
        const version = versions.get(conversationId)
        if (version !== undefined) remembered.keep(conversationId, { held, version })
      }
      if (commits.length > 0) for (const listener of listeners) listener(commits)
      for (const { entry, written } of decided) {
        if (entry.wish.requestId !== null) remembered.see(keyOf(entry.wish))
        entry.resolve(written)
      }
      return again
    } catch (error) {
      for (const { wish } of batch) remembered.forget(wish.conversationId)
      throw error
    }
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

  async function write(sql: Sql, batch: Entry[], isLocked: boolean): Promise<Outcome> {
    const unsure = batch.filter(
      ({ wish }) =>
        isLocked ||
        remembered.find(wish.conversationId) === undefined ||
        (wish.requestId !== null && remembered.hasSeen(keyOf(wish))),
    )
    const locked = new Set(unsure.map(({ wish }) => wish.conversationId))
    const wishes = batch.map(({ wish }) => wish).filter(({ conversationId }) => locked.has(conversationId))
    const { found, repeats } = await lockAndRead(sql, [...locked].sort(), wishes)
    const before = new Map<string, Versioned>(found)
    const after = new Map<string, Held>()
    const events = new Map<string, StoredEvent[]>()
    const postponed = new Set<string>()
    const decided: Decided[] = []
    const again: Entry[] = []
    const now = clock.now()

    for (const entry of batch) {
      const { wish } = entry
      const { conversationId } = wish
      if (postponed.has(conversationId)) {
        again.push(entry)
        continue
      }
      if (!locked.has(conversationId) && !before.has(conversationId)) {
        const guess = remembered.find(conversationId)
        if (guess) before.set(conversationId, guess)
      }
      try {
        const held = after.get(conversationId) ?? before.get(conversationId)?.held ?? null
        const repeat = findRepeat(wish, repeats)
        if (repeat && held) {
          decided.push({ entry, written: { held, events: repeat, isRepeat: true } })
          continue
        }
        const numbered = numberEvents(wish, held, wish.decide(held, now), now)
        if (!numbered.held) throw new Refused('notFound')
        // Nothing is written that would notice a conversation that has moved on.
        if (numbered.events.length === 0 && !locked.has(conversationId)) throw new Unsure()
        after.set(conversationId, numbered.held)
        if (numbered.events.length > 0) {
          events.set(conversationId, [...(events.get(conversationId) ?? []), ...numbered.events])
          if (wish.requestId !== null) repeats.set(keyOf(wish), numbered.events)
        }
        decided.push({
          entry,
          written: { held: numbered.held, events: numbered.events, isRepeat: false },
        })
      } catch (error) {
        if (!locked.has(conversationId)) {
          postponed.add(conversationId)
          again.push(entry)
          continue
        }
        if (!(error instanceof Refused)) options.onFault(error)
        entry.reject(error)
      }
    }

    const parts: Part[] = []
    for (const [conversationId, written] of events) {
      const held = after.get(conversationId)
      const was = before.get(conversationId)
      if (held)
        parts.push({ before: was?.held ?? null, held, events: written, version: was?.version ?? null })
    }
    if (parts.length === 0) return { decided, commits: [], again, versions: new Map() }
    const versions = await writeParts(sql, parts)
    const hasMovedOn = ({ held }: Committed) => !versions.has(held.conversation.conversationId)
    const commits = parts.filter((part) => !hasMovedOn(part))
    if (commits.length > 0) for (const companion of companions) await companion(sql, commits)
    if (commits.length === parts.length) return { decided, commits, again, versions }

    const lost = new Set(parts.filter(hasMovedOn).map(({ held }) => held.conversation.conversationId))
    const isLost = ({ wish }: Entry) => lost.has(wish.conversationId)
    const goesAgain = new Set([...again, ...decided.map(({ entry }) => entry).filter(isLost)])
    return {
      decided: decided.filter(({ entry }) => !isLost(entry)),
      commits,
      again: batch.filter((entry) => goesAgain.has(entry)),
      versions,
    }
  }

  return {
    append(wish) {
      if (lanes.waiting >= longestQueue)
        return Promise.reject(new Refused('unavailable', 'busy', { retryAfterMs: 2_000 }))
      return new Promise((resolve, reject) => {
        lanes.add(wish.conversationId, { wish, at: performance.now(), resolve, reject })
      })
    },
    onCommitted(listener) {
      listeners.push(listener)
    },
    drain: () => lanes.drain(),
  }
}

function findRepeat(wish: Wish, repeats: Map<string, StoredEvent[]>): StoredEvent[] | undefined {
  if (wish.requestId === null) return undefined
  const events = repeats.get(keyOf(wish))
  if (events && events[0]?.fingerprint !== fingerprintOf(wish))
    throw new Refused('conflict', 'request.otherContent')
  return events
}

// Connection lost, starting up, shutting down, too many clients, a timeout of the storage itself.
function isOutage(error: unknown): boolean {
  const code = (error as { code?: string }).code ?? ''
  return (
    /^(08|53|57|55P03|40)/.test(code) ||
    ['unavailable', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOSPC'].includes(code)
  )
}
