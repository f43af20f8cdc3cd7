import type { Logger } from 'pino'
import type { Clock } from '../clock.ts'
import type { Database, Sql } from './database.ts'

export type Timer = { kind: string; key: string; dueAt: Date; payload: unknown; tries: number }
export type RunTimer = (timer: Timer) => Promise<void>

export interface Timers {
  /** Part of the caller's transaction; the same kind and key again moves it. */
  set(sql: Sql, kind: string, key: string, dueAt: Date, payload?: unknown): Promise<void>
  clear(sql: Sql, kind: string, key: string): Promise<void>
  on(kind: string, run: RunTimer): void
  start(): void
  /** Resolves when what is running has ended. */
  stop(): Promise<void>
  /** Runs everything that is due now and says how many ran; for tests and for start-up. */
  runDue(): Promise<number>
}

type Parts = { database: Database; clock: Clock; logger: Logger; pollMs?: number }
type Claimed = { kind: string; key: string; due_at: Date; payload: unknown; revision: number; tries: number }

/** A node that dies keeps its timers this long; a run must be shorter. */
const LEASE_MS = 60_000
const AT_ONCE = 20
const MOST_TRIES = 10
const FIRST_BACKOFF_MS = 1_000
const LONGEST_BACKOFF_MS = 15 * 60_000
const LONGEST_REASON = 500

/** Timers that survive a restart and run once across a cluster; again only when a node dies while running one. */
export function createTimers({ database, clock, logger, pollMs = 500 }: Parts): Timers {
  const runs = new Map<string, RunTimer>()
  let started = false
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
      [now, new Date(now.getTime() + LEASE_MS), [...runs.keys()], AT_ONCE],
    )
  }

  async function runOne(row: Claimed) {
    const { kind, key, payload, tries } = row
    if (tries > MOST_TRIES) return postpone(row, new Error('The server stopped each time this ran.'))
    try {
      await runs.get(kind)?.({ kind, key, dueAt: row.due_at, payload, tries })
    } catch (error) {
      await postpone(row, error)
      return
    }
    // Moved while it ran: the new moment stays.
    await database.query('delete from timers where kind = $1 and key = $2 and revision = $3', [
      kind,
      key,
      row.revision,
    ])
  }

  async function postpone({ kind, key, revision, tries }: Claimed, error: unknown) {
    const reason = String(error instanceof Error ? error.message : error).slice(0, LONGEST_REASON)
    const parked = tries >= MOST_TRIES
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
    if (runs.size === 0) return 0
    let ran = 0
    for (let claimed = await claim(); claimed.length > 0; claimed = await claim()) {
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
    async set(sql, kind, key, dueAt, payload = {}) {
      await sql.query(
        `insert into timers (kind, key, due_at, payload) values ($1, $2, $3, $4::jsonb)
         on conflict (kind, key) do update
           set due_at = excluded.due_at, payload = excluded.payload, revision = timers.revision + 1,
               tries = 0, locked_until = null, parked_at = null, reason = null`,
        [kind, key, dueAt, JSON.stringify(payload)],
      )
      nextDueAt = Math.min(nextDueAt, dueAt.getTime())
      plan()
    },
    async clear(sql, kind, key) {
      await sql.query('delete from timers where kind = $1 and key = $2', [kind, key])
    },
    on(kind, run) {
      if (runs.has(kind)) throw new Error(`Timers of the kind ${kind} already have something to run.`)
      runs.set(kind, run)
    },
    start() {
      started = true
      look()
    },
    async stop() {
      started = false
      clearTimeout(waiting)
      await running
    },
    runDue,
  }
}
