import { chmod } from 'node:fs/promises'
import { Writable } from 'node:stream'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { freshPostgresUrl, silent, testPostgres } from '../testing/database.ts'
import { startPooler } from '../testing/pooler.ts'
import { startPostgres } from '../testing/postgres.ts'
import { openPostgres } from './postgres.ts'
import { CannotOpen } from './unavailable.ts'

const collect = (lines: string[]) =>
  new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk))
      done()
    },
  })

describe('PostgreSQL', () => {
  it('says loudly at start when the server may lose what it acknowledged', async () => {
    const server = await startPostgres({ fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' })
    const lines: string[] = []
    const logger = pino(collect(lines))
    const database = await openPostgres({ databaseUrl: server.url, logger })
    await database.close()
    await server.stop()
    const warned = lines
      .map((line) => JSON.parse(line))
      .filter(({ level, setting }) => level === 50 && setting)
    expect(warned.map(({ setting }) => setting)).toEqual(['fsync', 'full_page_writes', 'synchronous_commit'])
  })

  it('says nothing when the server is safe, and limits statements, locks and idle transactions', async () => {
    const lines: string[] = []
    const logger = pino(collect(lines))
    const database = await openPostgres({ databaseUrl: await freshPostgresUrl(), logger })
    const [limits] = await database.query(
      `select current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock,
              current_setting('idle_in_transaction_session_timeout') as idle`,
    )
    await database.close()
    expect(lines).toEqual([])
    expect(limits).toEqual({ statement: '10s', lock: '3s', idle: '10s' })
  })

  it('gives migrations more time than a request has', async () => {
    const database = await openPostgres({ databaseUrl: await freshPostgresUrl(), logger: silent })
    const read = `select current_setting('statement_timeout') as statement`
    expect(await database.transaction((sql) => sql.query(read), 'long')).toEqual([{ statement: '10min' }])
    expect(await database.query(read)).toEqual([{ statement: '10s' }])
    await database.close()
  })

  it('refuses with "unavailable" when no connection becomes free in time', async () => {
    const databaseUrl = await freshPostgresUrl()
    const database = await openPostgres({ databaseUrl, logger: silent, connections: 1, poolWaitMs: 200 })
    let finish = () => {}
    const held = database.transaction(async (sql) => {
      await sql.query('select 1')
      await new Promise<void>((resolve) => {
        finish = resolve
      })
    })
    await expect(database.query('select 1')).rejects.toMatchObject({ code: 'unavailable' })
    finish()
    await held
    expect(await database.query('select 1 as n')).toEqual([{ n: 1 }])
    await database.close()
  })

  it('refuses with "unavailable" while the server is gone', async () => {
    const server = await startPostgres()
    const database = await openPostgres({ databaseUrl: server.url, logger: silent, poolWaitMs: 500 })
    const running = database.transaction(async (sql) => {
      await sql.query('select 1')
      await server.stop()
      await sql.query('select 1')
    })
    await expect(running).rejects.toMatchObject({ code: 'unavailable' })
    await expect(database.query('select 1')).rejects.toMatchObject({ code: 'unavailable' })
    await database.close()
  })

  it('refuses with "unavailable" while it may only be read, as a standby before it is promoted', async () => {
    const databaseUrl = await freshPostgresUrl()
    const database = await openPostgres({ databaseUrl, logger: silent })
    await database.query('create table notes (id int)')
    const write = 'insert into notes values (1)'
    const readOnly = database.transaction(async (sql) => {
      await sql.query('set transaction read only')
      await sql.query(write)
    })
    await expect(readOnly).rejects.toMatchObject({ code: 'unavailable' })
    await database.query(write)
    await database.close()
  })

  it('refuses with "unavailable" while its files may not be written to, and names a missing right as what it is', async () => {
    const databaseUrl = await freshPostgresUrl()
    const before = await openPostgres({ databaseUrl, logger: silent })
    await before.query('create table notes (id int)')
    const [place] = await before.query<{ path: string }>(
      `select current_setting('data_directory') || '/' || pg_relation_filepath('notes') as path`,
    )
    await before.close()
    const file = place?.path ?? ''
    const database = await openPostgres({ databaseUrl, logger: silent })
    const write = 'insert into notes values (1)'
    await chmod(file, 0o400)
    await expect(database.query(write)).rejects.toMatchObject({ code: 'unavailable' })
    let notWaitedFor: Promise<unknown> = Promise.resolve()
    const ofTransaction = database.transaction(async (sql) => {
      notWaitedFor = sql.query(write)
      notWaitedFor.catch(() => {})
    })
    await expect(ofTransaction).rejects.toThrow()
    await expect(notWaitedFor).rejects.toMatchObject({ code: 'unavailable' })
    await chmod(file, 0o600)
    await database.query(write)
    const withoutRight = database.transaction(async (sql) => {
      await sql.query('set local role pg_monitor')
      await sql.query(write)
    })
    await expect(withoutRight).rejects.toMatchObject({ code: '42501' })
    await database.close()
  })

  it('says where it cannot be opened and why, without the password', async () => {
    const nobody = 'postgres://parley:secret@127.0.0.1:1/parley'
    const refused = await openPostgres({ databaseUrl: nobody, logger: silent }).catch(
      (error: unknown) => error,
    )
    expect(refused).toBeInstanceOf(CannotOpen)
    expect(String(refused)).toContain('The database on 127.0.0.1:1 cannot be used (connect ECONNREFUSED')
    expect(String(refused)).not.toContain('secret')

    const { urlOf } = await testPostgres()
    const missing = openPostgres({ databaseUrl: urlOf('nowhere'), logger: silent })
    await expect(missing).rejects.toThrow('(database "nowhere" does not exist). Check DATABASE_URL')
  })

  it.each([
    ['transaction', 'mixes connections'],
    ['session', null],
  ] as const)('behind a pooler in %s mode: %s', async (mode, complaint) => {
    const url = await freshPostgresUrl()
    const pooler = await startPooler(url, mode)
    const opened = await openPostgres({ databaseUrl: pooler.url, logger: silent }).catch(
      (error: unknown) => error as Error,
    )
    if (complaint === null) {
      expect(opened).not.toBeInstanceOf(Error)
      if (!(opened instanceof Error)) {
        expect(await opened.query('select 1 as n')).toEqual([{ n: 1 }])
        await opened.close()
      }
    } else {
      expect(opened).toBeInstanceOf(CannotOpen)
      expect(String(opened)).toContain(complaint)
    }
    await pooler.close()
  })

  it('refuses a database that does not store text as UTF-8', async () => {
    const { url, urlOf } = await testPostgres()
    const admin = await openPostgres({ databaseUrl: url, logger: silent })
    await admin.query(`create database latin encoding 'LATIN1' locale 'C' template template0`)
    await admin.close()
    const opening = openPostgres({ databaseUrl: urlOf('latin'), logger: silent })
    await expect(opening).rejects.toThrow('The database stores text as LATIN1')
  })
})
