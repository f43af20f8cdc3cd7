import { join } from 'node:path'
import type { Logger } from 'pino'
import { writeAudit } from '../app/audit.ts'
import type { Clock } from '../clock.ts'
import type { Config } from '../config.ts'
import { closeFolder } from '../storage/closed-folder.ts'
import { type Database, openDatabase, type Sql } from '../storage/database.ts'
import { migrate } from '../storage/migrations/migrate.ts'
import { CannotOpen } from '../storage/unavailable.ts'
import { siteIds } from './store.ts'
import * as store from './tables-store.ts'

const rowsAtOnce = 500
const transactionsAtOnce = 20_000

export interface Moved {
  tables: { name: string; rows: number }[]
  rows: number
}

/**
 * Copies everything from the embedded database to an empty PostgreSQL: all of it or nothing, compared row for row before
 * it counts. The embedded database is closed for good, so that nobody goes on writing to what was left behind.
 */
export async function moveToPostgres(parts: {
  config: Pick<Config, 'dataDir' | 'databaseUrl'>
  clock: Clock
  logger: Logger
  onTable?: (name: string, rows: number) => void
}): Promise<Moved> {
  const { config, clock, logger, onTable } = parts
  const { databaseUrl, dataDir } = config
  if (!databaseUrl) throw new CannotOpen('Say where to move to: DATABASE_URL=postgres://… npm run move')
  const from = await openDatabase({ dataDir, logger })
  try {
    await migrate(from)
    const to = await openDatabase({ databaseUrl, dataDir, logger })
    try {
      await migrate(to)
      const moved = await from.transaction((source) => copyAll({ source, to, onTable }), 'long')
      await closeFolder(dataDir, closedBecause(dataDir, clock))
      return moved
    } finally {
      await to.close()
    }
  } finally {
    await from.close()
  }
}

async function copyAll(between: {
  source: Sql
  to: Database
  onTable: ((name: string, rows: number) => void) | undefined
}): Promise<Moved> {
  const { source, to, onTable } = between
  await store.speakPlainly(source)
  const tables = await store.tablesOf(source)
  if (!(await store.isEmpty(to, tables)))
    throw new CannotOpen(
      'The PostgreSQL database already holds something of Parley. Nothing was changed: move into an empty one.',
    )
  await catchUpTransactions(to, await store.currentTransaction(source))
  return to.transaction(async (target) => {
    await store.speakPlainly(target)
    await store.withoutTriggers(target, tables, true)
    const moved: Moved = { tables: [], rows: 0 }
    for (const table of tables) {
      for await (const rows of store.rowsOf(source, table, rowsAtOnce))
        await store.insertRows(target, table, rows)
      const rows = await compare(source, target, table)
      moved.tables.push({ name: table.name, rows })
      moved.rows += rows
      onTable?.(table.name, rows)
    }
    await store.withoutTriggers(target, tables, false)
    await store.continueNumbers(target)
    const stray = await store.strayHeads(target)
    if (stray > 0) throw new CannotOpen(`${stray} conversations end elsewhere than their heads say.`)
    for (const siteId of await siteIds(target))
      await writeAudit(
        target,
        { kind: 'system', siteId, rule: 'move' },
        {
          action: 'database.moved',
          object: 'database:postgres',
        },
      )
    return moved
  }, 'long')
}

async function compare(source: Sql, target: Sql, table: store.Table): Promise<number> {
  const [was, is] = [await store.fingerprintOf(source, table), await store.fingerprintOf(target, table)]
  if (was.rows !== is.rows || was.sum !== is.sum)
    throw new CannotOpen(
      `${table.name} has ${was.rows} rows here and ${is.rows} there, or they differ. Nothing was moved.`,
    )
  return is.rows
}

/** Events carry the number of their transaction, and followers remember it: the new database must count on from there. */
async function catchUpTransactions(to: Database, until: number): Promise<void> {
  for (;;) {
    const missing = until - (await store.currentTransaction(to))
    if (missing < 0) return
    await store.spendTransactions(to, Math.min(missing + 1, transactionsAtOnce))
  }
}

function closedBecause(dataDir: string, clock: Clock): string {
  return `The conversations of this folder were moved to PostgreSQL on ${clock.now().toISOString().slice(0, 10)}. Start with DATABASE_URL. To go back to what was here before, delete ${join(dataDir, 'CLOSED')}.`
}
