import { pino } from 'pino'
import { startApp } from './app/app.ts'
import { tryPort } from './app/try-port.ts'
import { runAuditCommand } from './audit/index.ts'
import { systemClock } from './clock.ts'
import { ConfigError, readConfig } from './config.ts'
import { welcomeText } from './demo/welcome.ts'
import { fieldSealOf } from './identity/index.ts'
import { systemRandom } from './random.ts'
import { diskBlobs } from './storage/blobs.ts'
import { openDatabase } from './storage/database.ts'
import { migrate } from './storage/migrations/migrate.ts'
import { createTimers } from './storage/timers.ts'
import { CannotOpen } from './storage/unavailable.ts'

async function main(): Promise<void> {
  const config = readConfig(process.env)
  const [first, ...words] = process.argv.slice(2)
  if (first === 'audit') {
    process.exitCode = await runAuditCommand(config, words, (text) => process.stdout.write(text))
    return
  }
  await tryPort(config.port, config.host)
  const logger = pino({ level: config.logLevel })
  const { databaseUrl, dataDir } = config
  const database = await openDatabase({ databaseUrl, dataDir, logger, seal: fieldSealOf(config, logger) })
  await migrate(database)
  const timers = createTimers({ database, clock: systemClock, logger })
  const parts = {
    config,
    logger,
    clock: systemClock,
    random: systemRandom,
    database,
    timers,
    blobs: diskBlobs(config.dataDir),
  }
  const greeting = await welcomeText(parts)
  const app = await startApp(parts)
  process.stdout.write(greeting)

  let isStopping = false
  async function stop(): Promise<void> {
    if (isStopping) return
    isStopping = true
    // Whatever hangs must not keep the process: everything acknowledged is already stored.
    setTimeout(() => process.exit(1), 10_000).unref()
    await app.stop()
    await database.close()
    process.exit(0)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  process.on('unhandledRejection', (error) => {
    logger.fatal({ err: error }, 'An unhandled fault; stopping.')
    void stop()
  })
}

main().catch((error: NodeJS.ErrnoException) => {
  process.stderr.write(`${sentenceFor(error)}\n`)
  process.exit(1)
})

/** One clear sentence for what a person can put right; the whole trace for what is our fault. */
function sentenceFor(error: NodeJS.ErrnoException): string {
  if (error instanceof ConfigError || error instanceof CannotOpen) return error.message
  if (error.code === 'EADDRINUSE')
    return `Port ${(error as { port?: number }).port} is taken by another program. Stop it, or start Parley with another one: PORT=3001 npm start`
  if (error.code === 'EACCES') return `Parley may not listen or write there: ${error.message}`
  return error.stack ?? String(error)
}
