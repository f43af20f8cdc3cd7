import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { verifyChain } from '../audit/verify-chain.ts'
import { systemClock } from '../clock.ts'
import { type Database, openDatabase } from '../storage/database.ts'
import { migrate } from '../storage/migrations/migrate.ts'
import { freshPostgresUrl, silent } from '../testing/database.ts'
import { givenBuyer, givenTestSite, openLog, say, start } from '../testing/given-conversation.ts'
import { naughtyStrings } from '../testing/naughty-strings.ts'
import { partsOnDisk } from '../testing/on-disk.ts'
import { moveToPostgres } from './move-to-postgres.ts'
import { spendTransactions, tablesOf } from './tables-store.ts'

let dataDir: string
let databaseUrl: string
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'parley-move-'))
  databaseUrl = await freshPostgresUrl()
})
afterEach(() => rm(dataDir, { recursive: true, force: true }))

/** More than are moved at once. */
const auditLines = 603
const texts = naughtyStrings.slice(0, 60)

async function givenEmbedded(): Promise<void> {
  const parts = await partsOnDisk(dataDir)
  await givenTestSite(parts)
  const marta = await givenBuyer(parts, 'Marta')
  const log = openLog(parts)
  await start(log, marta, 'cnv_moved')
  for (const [at, text] of texts.entries()) await say(log, marta, 'cnv_moved', `moved-${at}-x`, text)
  // In small transactions: each line takes its place in the chain when it is committed.
  for (let first = 1; first <= auditLines; first += 30)
    await parts.database.query(
      `insert into audit (site_id, actor_id, actor_name, action, object)
         select 'site_test', 'mem_a', 'A', 'site.saved', 'site:' || i from generate_series($1::int, $2::int) i`,
      [first, Math.min(auditLines, first + 29)],
    )
  await parts.database.query(
    `insert into timers (kind, key, due_at, payload)
       values ('sweep', 'a', now(), 'null'), ('sweep', 'b', now(), '{"n": 12345678901234567890.5}')`,
  )
  // Events carry numbers far above those of a database that has just been made.
  await spendTransactions(parts.database, 30_000)
  await say(log, marta, 'cnv_moved', 'the-last-one', 'last')
  await parts.database.close()
}

const move = () => moveToPostgres({ config: { dataDir, databaseUrl }, clock: systemClock, logger: silent })

async function onPostgres<T>(read: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase({ databaseUrl, dataDir, logger: silent })
  try {
    return await read(database)
  } finally {
    await database.close()
  }
}

describe('moving from the embedded database to PostgreSQL', () => {
  it('moves every row as it is, and conversations go on with the next number', {
    timeout: 240_000,
  }, async () => {
    await givenEmbedded()
    const { tables } = await move()
    const rows = Object.fromEntries(tables.map(({ name, rows }) => [name, rows]))
    expect(rows).toMatchObject({
      conversations: 1,
      events: texts.length + 2,
      audit: auditLines,
      timers: 2,
      sites: 1,
    })
    await onPostgres(async (database) => {
      const stored = await database.query<{ text: string }>(
        `select payload->>'text' as text from events where type = 'messageSent' order by seq`,
      )
      expect(stored.map(({ text }) => text)).toEqual([...texts, 'last'])
      expect(await database.query(`select payload::text as payload from timers order by key`)).toEqual([
        { payload: 'null' },
        { payload: '{"n": 12345678901234567890.5}' },
      ])
      const [numbers] = await database.query(
        `select max(written_in)::text::bigint < pg_snapshot_xmin(pg_current_snapshot())::text::bigint as passed,
                max(written_in)::text::bigint > 30000 as kept from events`,
      )
      expect(numbers).toEqual({ passed: true, kept: true })
      // The line of the move itself comes after all that were moved.
      expect(await database.query(`select max(audit_id) as last, count(*) from audit`)).toEqual([
        { last: auditLines + 1, count: auditLines + 1 },
      ])
      expect(await database.query(`select action from audit where audit_id = ${auditLines + 1}`)).toEqual([
        { action: 'database.moved' },
      ])
      expect(await verifyChain(database, 'site_test')).toMatchObject({ lines: auditLines + 1, fault: null })
      const parts = { database, clock: systemClock } as never
      const marta = await givenBuyer(parts, 'Marta')
      const next = await say(openLog(parts), marta, 'cnv_moved', 'after-the-move', 'and on')
      expect(next.events[0]?.positions.staff).toBe(texts.length + 3)
      await expect(database.query(`delete from audit`)).rejects.toThrow('append-only')
    })
  })

  it('closes the embedded database, which says where everything is', { timeout: 240_000 }, async () => {
    await givenEmbedded()
    await move()
    await expect(partsOnDisk(dataDir)).rejects.toThrow('were moved to PostgreSQL')
  })

  it('refuses a database that holds something already, and changes nothing there or here', {
    timeout: 240_000,
  }, async () => {
    await givenEmbedded()
    await onPostgres(async (database) => {
      await migrate(database)
      await database.query(
        `insert into accounts (account_id, email, created_at) values ('a', 'a@example.test', now())`,
      )
    })
    await expect(move()).rejects.toThrow('already holds something')
    expect(await onPostgres((database) => database.query('select 1 from events'))).toEqual([])
    await (await partsOnDisk(dataDir)).database.close()
  })

  it('refuses while the server runs', { timeout: 240_000 }, async () => {
    const running = await partsOnDisk(dataDir)
    await expect(move()).rejects.toThrow('is in use by process')
    await running.database.close()
  })

  it('knows every table, with what is referred to first', { timeout: 240_000 }, async () => {
    const parts = await partsOnDisk(dataDir)
    const names = (await tablesOf(parts.database)).map(({ name }) => name)
    const [counted] = await parts.database.query<{ count: number }>(
      `select count(*) from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'
         and table_name <> 'migrations'`,
    )
    await parts.database.close()
    expect(names).toHaveLength(counted?.count ?? 0)
    expect(names.indexOf('sites')).toBeLessThan(names.indexOf('members'))
    expect(names.indexOf('contacts')).toBeLessThan(names.indexOf('conversations'))
  })
})
