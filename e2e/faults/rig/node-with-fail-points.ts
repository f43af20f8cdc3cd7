import { startApp } from '@parley/server/src/app/app.ts'
import { type Clock, systemClock } from '@parley/server/src/clock.ts'
import { readConfig } from '@parley/server/src/config.ts'
import { welcomeText } from '@parley/server/src/demo/welcome.ts'
import { fieldSealOf } from '@parley/server/src/identity/index.ts'
import { systemRandom } from '@parley/server/src/random.ts'
import { diskBlobs } from '@parley/server/src/storage/blobs.ts'
import { type Database, openDatabase } from '@parley/server/src/storage/database.ts'
import { migrations } from '@parley/server/src/storage/migrations/index.ts'
import { migrate } from '@parley/server/src/storage/migrations/migrate.ts'
import { createTimers } from '@parley/server/src/storage/timers.ts'
import { pino } from 'pino'
import { killAfterCommit } from './fail-points.ts'

/**
 * The server as main.ts makes it, from parts that can fail at a chosen point: the product itself has no such points. Killed
 * right after the commit of what holds the words; with a clock that is off, and steps back an hour at SIGUSR2 and again forward.
 */
const hourMs = 3_600_000
let offsetMs = Number(process.env.FAULT_CLOCK_OFFSET_MS ?? 0)
let isBack = false
process.on('SIGUSR2', () => {
  isBack = !isBack
  offsetMs += isBack ? -hourMs : hourMs
})

const config = readConfig(process.env)
const logger = pino({ level: config.logLevel })
const clock: Clock = { now: () => new Date(systemClock.now().getTime() + offsetMs) }
const { databaseUrl, dataDir } = config
const plain = await openDatabase({ databaseUrl, dataDir, logger, seal: fieldSealOf(config, logger) })
// As a later version would: an old node does not mind what it does not know.
const next = {
  id: '999-next-version',
  up: 'alter table conversations add column added_by_the_next_version text; create table next_version (id int primary key)',
}
await migrate(plain, process.env.FAULT_NEXT_VERSION ? [...migrations, next] : migrations)

/** Watches what a transaction is given to write. */
const database: Database = {
  ...plain,
  async transaction(work, patience) {
    let isMarked = false
    const value = await plain.transaction(
      (sql) =>
        work({
          ...sql,
          async query<Row>(text: string, params?: readonly unknown[]) {
            const rows = await sql.query<Row>(text, params)
            // Who was decided on something that has moved on writes nothing, and answers no row.
            isMarked ||= rows.length > 0 && JSON.stringify(params ?? []).includes(killAfterCommit)
            return rows
          },
        }),
      patience,
    )
    if (isMarked) process.kill(process.pid, 'SIGKILL')
    return value
  },
}
const timers = createTimers({ database, clock, logger })
const parts = {
  config,
  logger,
  clock,
  random: systemRandom,
  database,
  timers,
  blobs: diskBlobs(config.dataDir),
}
const greeting = await welcomeText({ ...parts, clock: systemClock })
const app = await startApp(parts)
process.stdout.write(greeting)

let isStopping = false
async function stop(): Promise<void> {
  if (isStopping) return
  isStopping = true
  await app.stop()
  await database.close()
  process.exit(0)
}
process.on('SIGTERM', stop)
process.on('unhandledRejection', (error) => {
  logger.fatal({ err: error }, 'An unhandled fault; stopping.')
  void stop()
})
