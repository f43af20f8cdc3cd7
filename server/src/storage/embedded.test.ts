import { mkdtemp, rename, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { startChild } from '../testing/child.ts'
import { copyFolder } from '../testing/copy-folder.ts'
import { migratedFolder, silent } from '../testing/database.ts'
import { openEmbedded } from './embedded.ts'
import { CannotOpen } from './unavailable.ts'

let dataDir: string
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'parley-embedded-'))
  await copyFolder(await migratedFolder(), dataDir)
})
afterEach(() => rm(dataDir, { recursive: true, force: true }))

const open = (limits: { statementDeadlineMs?: number; idleInTransactionMs?: number } = {}) =>
  openEmbedded({ dataDir, logger: silent, ...limits })

describe('the embedded database', () => {
  it('ends a statement that takes too long, and works again with everything stored', async () => {
    const database = await open({ statementDeadlineMs: 2_000 })
    await database.query('create table notes (id integer)')
    await database.query('insert into notes values (1)')
    const slow = database.transaction(async (sql) => {
      await sql.query('insert into notes values (2)')
      await sql.query('select pg_sleep(30)')
    })
    const behind = database.query('select id from notes')
    await expect(slow).rejects.toMatchObject({ code: 'unavailable' })
    expect(await behind).toEqual([{ id: 1 }])
    await database.close()
  })

  it('is started again once, whoever asks while it ends and begins', async () => {
    const database = await open({ statementDeadlineMs: 2_000 })
    await expect(database.query('select pg_sleep(30)')).rejects.toMatchObject({ code: 'unavailable' })
    let isBack = false
    const first = database.query('select 1 as n').finally(() => {
      isBack = true
    })
    const asked: Promise<unknown>[] = [first]
    while (!isBack) {
      asked.push(database.query('select 1 as n'))
      await new Promise<void>((next) => setTimeout(next, 1))
    }
    expect(await Promise.all(asked)).toEqual(asked.map(() => [{ n: 1 }]))
    await database.close()
  })

  it('ends a statement that computes without end', async () => {
    const database = await open({ statementDeadlineMs: 2_000 })
    const endless = 'with recursive n as (select 1 as i union all select i + 1 from n) select count(*) from n'
    await expect(database.query(endless)).rejects.toMatchObject({ code: 'unavailable' })
    expect(await database.query('select 1 as n')).toEqual([{ n: 1 }])
    await database.close()
  })

  it('keeps the event loop free while a statement runs', async () => {
    const database = await open()
    let longest = 0
    let before = performance.now()
    const beat = setInterval(() => {
      longest = Math.max(longest, performance.now() - before)
      before = performance.now()
    }, 5)
    await database.query('select pg_sleep(1)')
    clearInterval(beat)
    expect(longest).toBeGreaterThan(0)
    expect(longest).toBeLessThan(900)
    await database.close()
  })

  it('rolls back a transaction that is left open, so that the others go on', async () => {
    const database = await open({ idleInTransactionMs: 200 })
    await database.query('create table notes (id integer)')
    const forgotten = database.transaction(async (sql) => {
      await sql.query('insert into notes values (1)')
      await new Promise(() => {})
    })
    const behind = database.query('select id from notes')
    await expect(forgotten).rejects.toMatchObject({ code: '25P03' })
    expect(await behind).toEqual([])
    await database.close()
  })

  it('begins on nothing, and opens again after an orderly end', async () => {
    await rm(join(dataDir, 'postgres'), { recursive: true })
    const first = await open()
    await first.query('create table notes (id integer)')
    await first.query('insert into notes values (1)')
    await first.close()
    const second = await open()
    expect(await second.query('select id from notes')).toEqual([{ id: 1 }])
    await second.close()
  })

  it('has every acknowledged row after kill -9 in the middle of a burst', { timeout: 60_000 }, async () => {
    await (await open()).close()
    let acknowledged = 0
    for (const rows of [50, 400]) {
      const child = startChild('testing/insert-until-killed.ts', [dataDir, String(acknowledged + 1)])
      await child.printed(String(acknowledged + rows))
      await child.kill()
      acknowledged = Number(child.lines.at(-1))
      const database = await open()
      const [stored] = await database.query<{ count: number; max: number }>(
        'select count(*), max(id) from acknowledged',
      )
      await database.close()
      expect(acknowledged).toBeGreaterThanOrEqual(rows)
      expect(stored?.count).toBe(stored?.max)
      // The last one may be stored without its acknowledgement having been printed.
      expect([acknowledged, acknowledged + 1]).toContain(stored?.count)
      acknowledged = stored?.count ?? 0
    }
  })

  it('refuses at once while it cannot write its log, and then goes on with everything acknowledged', async () => {
    const database = await open()
    const log = join(dataDir, 'postgres/pg_wal')
    await database.query('create table notes (id integer)')
    await database.query('insert into notes values (1)')
    await rename(log, `${log}-away`)
    await writeFile(log, '')
    // What is open goes on; the next piece of the log can neither be opened nor made.
    await database.query('select pg_switch_wal()').catch(() => {})
    const write = () => database.query('insert into notes values (2)')
    await expect(write()).rejects.toMatchObject({ code: 'unavailable' })
    const asked = performance.now()
    for (let count = 0; count < 3; count += 1)
      await expect(write()).rejects.toMatchObject({ code: 'unavailable' })
    expect(performance.now() - asked).toBeLessThan(20_000)
    await rm(log)
    await rename(`${log}-away`, log)
    await vi.waitFor(write, { timeout: 30_000, interval: 200 })
    expect(await database.query('select distinct id from notes order by id')).toEqual([{ id: 1 }, { id: 2 }])
    await database.close()
  })

  it('refuses a second process on its folder, which leaves the first unharmed', {
    timeout: 60_000,
  }, async () => {
    await (await open()).close()
    const first = startChild('testing/insert-until-killed.ts', [dataDir, '1'])
    await first.printed('20')
    const asked = performance.now()
    await expect(open()).rejects.toThrow(`The data folder ${dataDir} is in use by process ${first.pid}.`)
    expect(performance.now() - asked).toBeLessThan(2_000)
    first.say('are you there?')
    await first.printed('alive')
    await first.kill()
    const third = await open()
    const [row] = await third.query<{ count: number }>('select count(*) from acknowledged')
    expect(row?.count).toBeGreaterThanOrEqual(20)
    await third.close()
  })

  it('says that a damaged folder cannot be opened, and to keep it', async () => {
    await (await open()).close()
    await truncate(join(dataDir, 'postgres/global/pg_control'), 0)
    const refused = await open().catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(CannotOpen)
    expect(String(refused)).toContain(`${dataDir}/postgres cannot be opened. Do not delete it`)
  })
})
