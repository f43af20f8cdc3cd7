import type { Sql } from './database.ts'
import { createLane, type LaneParts } from './timer-lane.ts'

export type Timer = { kind: string; key: string; dueAt: Date; payload: unknown; tries: number }
export type RunTimer = (timer: Timer) => Promise<void>

interface Manner {
  /** It waits for machines of others, or takes long: nothing else is to wait for it. */
  isApart?: boolean
  mostTries?: number
}

export interface Timers {
  /** Part of the caller's transaction; the same kind and key again moves it. */
  set(sql: Sql, kind: string, key: string, dueAt: Date, payload?: unknown): Promise<void>
  clear(sql: Sql, kind: string, key: string): Promise<void>
  on(kind: string, run: RunTimer, manner?: Manner): void
  start(): void
  /** Resolves when what is running has ended; what runs apart is not waited for long. */
  stop(): Promise<void>
  /** Runs everything that is due now and says how many ran; for tests and for start-up. */
  runDue(): Promise<number>
}

const MOST_TRIES = 10
/** A process that stops has ten seconds for everything. */
const STOP_APART_MS = 3_000

/** Timers that survive a restart and run once across a cluster; again only when a node dies while running one. */
export function createTimers(parts: Omit<LaneParts, 'pollMs'> & { pollMs?: number }): Timers {
  const given = { pollMs: 500, ...parts }
  const [quick, apart] = [createLane(given), createLane(given)]
  const lanes = [quick, apart]

  return {
    async set(sql, kind, key, dueAt, payload = {}) {
      await sql.query(
        `insert into timers (kind, key, due_at, payload) values ($1, $2, $3, $4::jsonb)
         on conflict (kind, key) do update
           set due_at = excluded.due_at, payload = excluded.payload, revision = timers.revision + 1,
               tries = 0, locked_until = null, parked_at = null, reason = null`,
        [kind, key, dueAt, JSON.stringify(payload)],
      )
      const lane = apart.kinds.has(kind) ? apart : quick
      lane.expect(dueAt)
    },
    async clear(sql, kind, key) {
      await sql.query('delete from timers where kind = $1 and key = $2', [kind, key])
    },
    on(kind, run, { isApart = false, mostTries = MOST_TRIES } = {}) {
      if (lanes.some(({ kinds }) => kinds.has(kind)))
        throw new Error(`Timers of the kind ${kind} already have something to run.`)
      const lane = isApart ? apart : quick
      lane.kinds.set(kind, { run, mostTries })
    },
    start() {
      for (const lane of lanes) lane.start()
    },
    async stop() {
      let late: NodeJS.Timeout | undefined
      const tooLate = new Promise<void>((resolve) => {
        late = setTimeout(resolve, STOP_APART_MS)
      })
      await Promise.all([quick.stop(), Promise.race([apart.stop(), tooLate])])
      clearTimeout(late)
    },
    async runDue() {
      const ran = await Promise.all(lanes.map((lane) => lane.runDue()))
      return ran.reduce((sum, each) => sum + each, 0)
    },
  }
}
