import type { Logger } from 'pino'
import type { Clock } from '../clock.ts'
import type { Database } from './database.ts'
import type { RunTimer } from './timers.ts'

export type LaneParts = { database: Database; clock: Clock; logger: Logger; pollMs: number }
type Kind = { run: RunTimer; mostTries: number }
type Claimed = { kind: string; key: string; due_at: Date; payload: unknown; revision: number; tries: number }

/** Kinds of timers that are looked for and run together, one batch after the other. */
export interface Lane {
  kinds: Map<string, Kind>
  runDue(): Promise<number>
  start(): void
  /** Begins nothing more; resolves when what is running has ended. */
  stop(): Promise<void>
  /** Something will be due then. */
  expect(dueAt: Date): void
}

/** A node that dies keeps its timers this long; one that lives renews it while they run. */
const LEASE_MS = 60_000
/** What runs longer is stuck, and may be tried elsewhere. */
const LONGEST_RUN_MS = 10 * 60_000
const AT_ONCE = 20
const FIRST_BACKOFF_MS = 1_000
const LONGEST_BACKOFF_MS = 15 * 60_000
const LONGEST_REASON = 500

export function createLane({ database, clock, logger, pollMs }: LaneParts): Lane {
  const kinds = new Map<string, Kind>()
  let started = false
  let stopped = false
  let waiting: NodeJS.Timeout | undefined
  let running: Promise<unknown> | undefined
  let nextDueAt = Number.POSITIVE_INFINITY

  async function claim(): Promise<Claimed[]> {
    const now = clock.now()
    return database.query<Claimed>(
      `update timers set locked_until = $2, tries = tries + 1
        where (kind, key) in (
          select kind, key from timers
           where due_at <= $1 and kind = any($3) and parked_at is null
             and (locked_until is null or locked_until <= $1)
           order by due_at limit $4 for update skip locked)
        returning kind, key, due_at, payload, revision, tries`,
      [now, new Date(now.getTime() + LEASE_MS), [...kinds.keys()], AT_ONCE],
    )
  }

  async function runOne(row: Claimed) {
    const { kind, key, payload, tries } = row
    const known = kinds.get(kind)
    if (!known) return
    if (tries > known.mostTries)
      return postpone(row, known, new Error('The server stopped each time this ran.'))
    const renewing = keepLeased(row)
    try {
      await known.run({ kind, key, dueAt: row.due_at, payload, tries })
    } catch (error) {
      await postpone(row, known, error)
      return
    } finally {
      clearInterval(renewing)
    }
    // Moved while it ran: the new moment stays.
    await database.query('delete from timers where kind = $1 and key = $2 and revision = $3', [
      kind,
      key,
      row.revision,
    ])
  }

  function keepLeased({ kind, key, revision }: Claimed): NodeJS.Timeout {
    let left = LONGEST_RUN_MS
    const renewing = setInterval(() => {
      left -= LEASE_MS / 3
      if (left <= 0) clearInterval(renewing)
      database
        .query(
          `update timers set locked_until = $4
            where kind = $1 and key = $2 and revision = $3 and locked_until < $4`,
          [kind, key, revision, new Date(clock.now().getTime() + LEASE_MS)],
        )
        // An earlier one may arrive after a later; and two more fit into the lease that is there.
        .catch((error) => logger.warn({ err: error, kind }, 'The lease of a timer was not renewed.'))
    }, LEASE_MS / 3)
    return renewing
  }

  async function postpone({ kind, key, revision, tries }: Claimed, { mostTries }: Kind, error: unknown) {
    const reason = String(error instanceof Error ? error.message : error).slice(0, LONGEST_REASON)
    const parked = tries >= mostTries
    const wait = Math.min(FIRST_BACKOFF_MS * 2 ** (tries - 1), LONGEST_BACKOFF_MS)
    const now = clock.now()
    const line = { err: error, kind, key, tries }
    if (parked) logger.error(line, 'A timer failed too often and is parked.')
    else logger.warn(line, 'A timer failed and will be tried again.')
    await database.query(
      `update timers set locked_until = null, reason = $4, due_at = $5, parked_at = $6
        where kind = $1 and key = $2 and revision = $3`,
      [kind, key, revision, reason, new Date(now.getTime() + wait), parked ? now : null],
    )
  }

  async function runDue(): Promise<number> {
    if (kinds.size === 0) return 0
    let ran = 0
    for (let claimed = await claim(); claimed.length > 0; claimed = stopped ? [] : await claim()) {
      // A run that cannot even be postponed is taken up again when its lease is over.
      const ends = await Promise.allSettled(claimed.map(runOne))
      ran += claimed.length
      const broken = ends.find((end) => end.status === 'rejected')
      if (broken) throw broken.reason
    }
    return ran
  }

  function look() {
    clearTimeout(waiting)
    if (!started || running) return
    if (nextDueAt <= clock.now().getTime()) nextDueAt = Number.POSITIVE_INFINITY
    running = runDue()
      .catch((error) => logger.warn({ err: error }, 'Timers could not be read and will be looked at again.'))
      .finally(() => {
        running = undefined
        plan()
      })
  }

  function plan() {
    if (!started || running) return
    clearTimeout(waiting)
    const ms = Math.min(pollMs, Math.max(1, nextDueAt - clock.now().getTime()))
    waiting = setTimeout(look, ms)
  }

  return {
    kinds,
    runDue,
    start() {
      started = true
      look()
    },
    async stop() {
      started = false
      stopped = true
      clearTimeout(waiting)
      await running
    },
    expect(dueAt) {
      nextDueAt = Math.min(nextDueAt, dueAt.getTime())
      plan()
    },
  }
}
