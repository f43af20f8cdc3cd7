import { pino } from 'pino'
import { systemClock } from './clock.ts'
import { type Config, ConfigError, readConfig } from './config.ts'
import { openDatabase } from './storage/database.ts'
import { FolderLocked } from './storage/lock.ts'
import { migrate } from './storage/migrations/migrate.ts'
import { CannotOpen } from './storage/unavailable.ts'
import {
  askForBackup,
  keptBackups,
  moveToPostgres,
  restoreBackup,
  type Taken,
  takeBackup,
} from './upkeep/index.ts'

/** `backup`, `restore FILE` and `move`: what is done to the data beside running the server. */
const usage = `Say what to do: backup, restore FILE (or restore latest), or move.\n`

const logger = pino({ level: 'warn' }, pino.destination(2))
const say = (sentence: string) => process.stdout.write(`${sentence}\n`)
const number = (value: number) => value.toLocaleString('en')

async function backup(config: Config): Promise<void> {
  if (config.databaseUrl)
    throw new ConfigError('DATABASE_URL is set: back PostgreSQL up with pg_dump, as docs/operations.md says.')
  const { path, bytes, manifest } = await backupHereOrThere(config)
  say(
    `${path}: ${number(manifest.conversations)} conversations, ${number(manifest.events)} events, ${number(bytes)} bytes.`,
  )
}

/** The running server takes it, since the folder is its own; without one we take it ourselves. */
async function backupHereOrThere(config: Config): Promise<Taken> {
  try {
    const database = await openDatabase({ dataDir: config.dataDir, logger })
    try {
      await migrate(database)
      return await takeBackup({ config, database, clock: systemClock })
    } finally {
      await database.close()
    }
  } catch (error) {
    if (!(error instanceof FolderLocked)) throw error
    return askForBackup(config.dataDir).catch((reason: NodeJS.ErrnoException) => {
      throw reason.code === 'ENOENT' || reason.code === 'ECONNREFUSED' ? error : reason
    })
  }
}

async function restore(config: Config, named: string | undefined): Promise<void> {
  if (config.databaseUrl)
    throw new ConfigError(
      'DATABASE_URL is set: restore PostgreSQL with pg_restore, as docs/operations.md says.',
    )
  const { folder } = config.backups
  const path = named === 'latest' ? (await keptBackups(folder))[0]?.path : named
  if (!path)
    throw new ConfigError(
      named ? `There is no backup in ${folder}.` : `Name a backup. They are in ${folder}.`,
    )
  const { manifest, before } = await restoreBackup(path, { config, clock: systemClock, logger })
  say(
    `Restored what was there at ${manifest.takenAt}: ${number(manifest.conversations)} conversations, ${number(manifest.events)} events.`,
  )
  if (before) say(`What was there before is in ${before}. Delete it when you have looked at the result.`)
  say('Everybody has to sign in again.')
}

async function move(config: Config): Promise<void> {
  const { tables, rows } = await moveToPostgres({
    config,
    clock: systemClock,
    logger,
    onTable: (name, moved) => say(`${name.padEnd(24)} ${number(moved).padStart(12)} rows, equal`),
  })
  say(
    `Moved ${number(rows)} rows in ${tables.length} tables. Start with the same DATABASE_URL and DATA_DIR: files people sent stay in ${config.dataDir}.`,
  )
  if (!process.env.SECRET_KEY && !process.env.SECRET_KEY_FILE)
    say(
      `In production set SECRET_KEY_FILE=${config.dataDir}/secret.key, or give every process its content as SECRET_KEY.`,
    )
}

async function main([what, ...words]: string[]): Promise<void> {
  const work = { backup, restore, move }[what ?? '']
  if (!work) {
    process.stderr.write(usage)
    process.exitCode = 2
    return
  }
  await work(readConfig(process.env), words[0])
}

main(process.argv.slice(2)).catch((error: Error) => {
  const isExpected = error instanceof ConfigError || error instanceof CannotOpen
  process.stderr.write(`${isExpected ? error.message : (error.stack ?? error)}\n`)
  process.exitCode = 1
})
