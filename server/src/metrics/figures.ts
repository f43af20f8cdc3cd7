import type { Outcome } from '@parley/shared/protocol/answers.ts'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { isBusy } from '../app/make-way.ts'
import type { Clock } from '../clock.ts'
import type { Database } from '../storage/database.ts'
import { createStandingGauges } from './standing-gauges.ts'
import { readStanding, type Standing } from './store.ts'

/** What only the running parts know of themselves. */
export interface Sources {
  waitingInLog(): number
  sockets(): Record<'customer' | 'vendor' | 'staff', number>
}

export interface Figures {
  noteCommand(name: string, outcome: Outcome<unknown>): void
  noteCommit(wishes: number, ms: number): void
  /** A browser kept a page of ours from something. */
  noteViolation(surface: string, directive: string): void
  /** From when on they are told; until then those figures are absent. */
  follow(sources: Sources): void
  contentType: string
  /** For Prometheus. Never names anybody: labels are names of commands, codes, kinds and states. */
  text(): Promise<string>
}

/** A monitoring that asks wants an answer, also while the database gives none. */
const patienceMs = 3_000
/** Several monitorings may ask; the database is asked once. */
const keptMs = 5_000

export function createFigures(
  { database, clock }: { database: Database; clock: Clock },
  redis: () => 'off' | 'connected' | 'unreachable',
): Figures {
  const registry = new Registry()
  const registers: [Registry] = [registry]
  collectDefaultMetrics({ register: registry })
  const commands = new Counter({
    name: 'parley_commands_total',
    help: 'Commands by name and outcome: done, refused by a rule, or failed for want of something of ours.',
    labelNames: ['command', 'outcome'] as const,
    registers,
  })
  const refusals = new Counter({
    name: 'parley_refusals_total',
    help: 'Refusals by code.',
    labelNames: ['code'] as const,
    registers,
  })
  const busy = new Counter({
    name: 'parley_busy_total',
    help: 'Wishes told to try again because more was sent than can be kept up with.',
    registers,
  })
  const violations = new Counter({
    name: 'parley_csp_violations_total',
    help: 'What browsers say they kept pages of ours from, by page and directive.',
    labelNames: ['surface', 'directive'] as const,
    registers,
  })
  const messages = new Counter({
    name: 'parley_messages_acknowledged_total',
    help: 'Messages whose sender was told that they are stored.',
    registers,
  })
  const batches = new Histogram({
    name: 'parley_log_batch_wishes',
    help: 'Wishes that shared one commit of the log.',
    buckets: [1, 2, 4, 8, 16, 32, 64, 128],
    registers,
  })
  const commits = new Histogram({
    name: 'parley_log_commit_seconds',
    help: 'From the first statement of a commit of the log to its end.',
    buckets: [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers,
  })
  const waiting = new Gauge({ name: 'parley_log_waiting', help: 'Wishes that wait for a commit.', registers })
  const sockets = new Gauge({
    name: 'parley_sockets',
    help: 'Connections to this process by the kind of reader.',
    labelNames: ['kind'] as const,
    registers,
  })
  const connections = new Gauge({
    name: 'parley_database_connections',
    help: 'Connections to the database in use and idle, and who waits for one.',
    labelNames: ['state'] as const,
    registers,
  })
  const redisUp = new Gauge({
    name: 'parley_redis_up',
    help: '1 while Redis is connected; absent where there is none.',
    registers,
  })
  const showStanding = createStandingGauges(registers)
  let sources: Sources | undefined
  let read: { at: number; standing: Promise<Standing | undefined> } | undefined

  function standing(): Promise<Standing | undefined> {
    const now = performance.now()
    if (!read || now - read.at > keptMs)
      read = { at: now, standing: withinPatience(readStanding(database, clock.now())) }
    return read.standing
  }

  return {
    contentType: registry.contentType,
    noteCommand(name, outcome) {
      commands.inc({ command: name, outcome: wordFor(outcome) })
      if (!outcome.ok) {
        refusals.inc({ code: outcome.refusal.code })
        if (isBusy(outcome.refusal)) busy.inc()
      } else if (typeof (outcome.value as { messageId?: unknown } | null)?.messageId === 'string')
        messages.inc()
    },
    noteCommit(wishes, ms) {
      batches.observe(wishes)
      commits.observe(ms / 1_000)
    },
    noteViolation(surface, directive) {
      violations.inc({ surface, directive })
    },
    follow(next) {
      sources = next
    },
    async text() {
      showStanding(await standing())
      if (sources) {
        waiting.set(sources.waitingInLog())
        for (const [kind, count] of Object.entries(sources.sockets())) sockets.set({ kind }, count)
      }
      for (const [state, count] of Object.entries(database.load())) connections.set({ state }, count)
      const bus = redis()
      if (bus === 'off') redisUp.remove()
      else redisUp.set(bus === 'connected' ? 1 : 0)
      return registry.metrics()
    },
  }
}

function wordFor(outcome: Outcome<unknown>): 'done' | 'refused' | 'failed' {
  if (outcome.ok) return 'done'
  return outcome.refusal.code === 'internal' || outcome.refusal.code === 'unavailable' ? 'failed' : 'refused'
}

async function withinPatience<Value>(work: Promise<Value>): Promise<Value | undefined> {
  let late: ReturnType<typeof setTimeout> | undefined
  const tooLate = new Promise<undefined>((resolve) => {
    late = setTimeout(() => resolve(undefined), patienceMs)
  })
  try {
    return await Promise.race([work.catch(() => undefined), tooLate])
  } finally {
    clearTimeout(late)
  }
}
