import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabase, testEngines } from '../testing/database.ts'
import type { Database } from './database.ts'

describe.each(testEngines)('%s', (engine) => {
  let database: Database

  beforeAll(async () => {
    database = await testDatabase(engine, { migrated: false })
    await database.query(
      'create table notes (id integer primary key, body text, amount integer not null default 0)',
    )
  })
  afterAll(() => database.close())

  it('reads counts, sums and numerics as numbers, days as text, moments as dates, documents as values', async () => {
    const [row] = await database.query(
      `select count(*) as count, sum(n)::bigint as sum, avg(n) as average, 9007199254740991::int8 as big,
              $1::jsonb as document, '2026-03-29T01:30:00Z'::timestamptz as moment, '2026-03-29'::date as day,
              $2::bytea as bytes, $3::text[] as words, null::text as nothing, true as yes,
              interval '90 minutes' as span
         from generate_series(1, 4) as n`,
      [JSON.stringify({ a: [1, { b: 'ü' }] }), new Uint8Array([0, 255, 10]), ['x', 'y,"z', '']],
    )
    expect(row).toEqual({
      count: 4,
      sum: 10,
      average: 2.5,
      big: Number.MAX_SAFE_INTEGER,
      document: { a: [1, { b: 'ü' }] },
      moment: new Date('2026-03-29T01:30:00Z'),
      day: '2026-03-29',
      bytes: Buffer.from([0, 255, 10]),
      words: ['x', 'y,"z', ''],
      nothing: null,
      yes: true,
      span: '01:30:00',
    })
  })

  it('takes arrays in any() and unnest(), and dates to the millisecond', async () => {
    const found = await database.query<{ n: number }>(
      'select n from generate_series(1, 5) n where n = any($1)',
      [[2, 4, 9]],
    )
    expect(found.map(({ n }) => n)).toEqual([2, 4])
    const rows = await database.query('select * from unnest($1::text[], $2::int[]) as t(word, n)', [
      ['a', null, '{"}'],
      [1, 2, 3],
    ])
    expect(rows).toEqual([
      { word: 'a', n: 1 },
      { word: null, n: 2 },
      { word: '{"}', n: 3 },
    ])
    const moment = new Date('2026-10-25T00:30:00.123Z')
    expect(await database.query('select $1::timestamptz as moment', [moment])).toEqual([{ moment }])
  })

  it('keeps text byte for byte', async () => {
    const text = '\u202eabc \u{1f468}\u200d\u{1f469} e\u0301 \u00e9 \r\n\t \\ \' " $1 \ufeff\ud7ff'
    expect(await database.query('select $1::text as text', [text])).toEqual([{ text }])
  })

  it('tells the SQLSTATE of an error and goes on working', async () => {
    await database.query('insert into notes (id) values (1)')
    await expect(database.query('insert into notes (id) values ($1)', [1])).rejects.toMatchObject({
      code: '23505',
    })
    await expect(database.query('select * from nowhere where id = $1', [1])).rejects.toMatchObject({
      code: '42P01',
    })
    await expect(database.query('selec 1')).rejects.toMatchObject({ code: '42601' })
    await expect(database.query('select $1::text', ['\0'])).rejects.toMatchObject({ code: '22021' })
    expect(await database.query('select count(*) from notes')).toEqual([{ count: 1 }])
  })

  it('answers statements that were asked at once each with its own rows', async () => {
    const answers = await Promise.allSettled(
      Array.from({ length: 60 }, (_, n) =>
        n % 10 === 7
          ? database.query('select 1 / $1::int as n', [0])
          : database.query<{ n: number }>('select $1::int as n', [n]),
      ),
    )
    const seen = answers.map((answer) =>
      answer.status === 'fulfilled' ? answer.value[0]?.n : answer.reason.code,
    )
    expect(seen).toEqual(Array.from({ length: 60 }, (_, n) => (n % 10 === 7 ? '22012' : n)))
  })

  it('stores all of a transaction or nothing', async () => {
    await database.transaction(async (sql) => {
      await sql.query('insert into notes (id) values (10)')
      await sql.query('insert into notes (id) values ($1)', [11])
    })
    const stop = new Error('changed my mind')
    await expect(
      database.transaction(async (sql) => {
        await sql.query('insert into notes (id) values (12)')
        throw stop
      }),
    ).rejects.toBe(stop)
    await expect(
      database.transaction(async (sql) => {
        await sql.query('insert into notes (id) values (13)')
        await sql.query('insert into notes (id) values (10)')
      }),
    ).rejects.toMatchObject({ code: '23505' })
    expect(await database.query('select id from notes where id >= 10 order by id')).toEqual([
      { id: 10 },
      { id: 11 },
    ])
  })

  it('refuses to commit when a failed statement was ignored', async () => {
    await expect(
      database.transaction(async (sql) => {
        await sql.query('insert into notes (id) values (20)')
        await sql.query('select 1 / 0').catch(() => {})
        return 'fine'
      }),
    ).rejects.toThrow('nothing was stored')
    expect(await database.query('select id from notes where id = 20')).toEqual([])
  })

  it('sends a single statement that nobody waits for alone: it is a transaction of its own', async () => {
    const insert = () =>
      database.transaction(async (sql) => {
        sql.query('insert into notes (id) values ($1)', [60]).catch(() => {})
        return 'stored'
      })
    expect(await insert()).toBe('stored')
    expect(await database.query('select id from notes where id = 60')).toEqual([{ id: 60 }])
    await expect(insert()).rejects.toMatchObject({ code: '23505' })
    // PostgreSQL takes this between BEGIN and COMMIT only.
    const alone = database.transaction(async (sql) => void sql.query('lock table notes').catch(() => {}))
    await expect(alone).rejects.toMatchObject({ code: '25P01' })
  })

  it('stores all or nothing of what nobody waits for', async () => {
    await database.transaction(async (sql) => {
      for (const id of [40, 41]) void sql.query('insert into notes (id) values ($1)', [id])
    })
    const half = database.transaction(async (sql) => {
      for (const id of [42, 40]) sql.query('insert into notes (id) values ($1)', [id]).catch(() => {})
    })
    await expect(half).rejects.toThrow('nothing was stored')
    expect(await database.query('select id from notes where id between 40 and 49 order by id')).toEqual([
      { id: 40 },
      { id: 41 },
    ])
  })

  it('asks nothing of work that fails before its first wait, and leaves nobody waiting', async () => {
    const stop = new Error('changed my mind')
    let asked: Promise<unknown> | undefined
    const failed = database.transaction(async (sql) => {
      asked = sql.query('insert into notes (id) values (50)')
      asked.catch(() => {})
      throw stop
    })
    await expect(failed).rejects.toBe(stop)
    await expect(asked).rejects.toBe(stop)
    expect(await database.query('select id from notes where id = 50')).toEqual([])
  })

  it('refuses a statement after the end of its transaction', async () => {
    const sql = await database.transaction(async (sql) => sql)
    await expect(sql.query('select 1')).rejects.toThrow('This transaction is over')
  })

  it('never lets a statement slip into the transaction of somebody else', async () => {
    await database.query('create table strays (id integer primary key)')
    const work: Promise<unknown>[] = []
    for (let id = 0; id < 40; id += 1) {
      work.push(
        database
          .transaction(async (sql) => {
            await sql.query('insert into strays (id) values ($1)', [1000 + id])
            await sql.query('select 1')
            throw new Error('rolled back')
          })
          .catch(() => {}),
        database.query('insert into strays (id) values ($1)', [id]),
      )
    }
    await Promise.all(work)
    expect(await database.query('select count(*), max(id) from strays')).toEqual([{ count: 40, max: 39 }])
  })

  it('loses no update of transactions that run at once', async () => {
    await database.query('insert into notes (id, amount) values (30, 0)')
    await Promise.all(
      Array.from({ length: 40 }, () =>
        database.transaction(async (sql) => {
          const [row] = await sql.query<{ amount: number }>(
            'select amount from notes where id = $1 for update',
            [30],
          )
          await sql.query('update notes set amount = $2 where id = $1', [30, (row?.amount ?? 0) + 1])
        }),
      ),
    )
    expect(await database.query('select amount from notes where id = 30')).toEqual([{ amount: 40 }])
  })

  it('prepares text that comes again, and leaves text that comes once alone', async () => {
    const again = `select id from notes where id = $1 -- again`
    const once = `select id from notes where id = $1 -- once`
    const prepared = await database.transaction(async (sql) => {
      for (let n = 0; n < 3; n += 1) await sql.query(again, [n])
      await sql.query(once, [1])
      return sql.query<{ statement: string }>('select statement from pg_prepared_statements')
    })
    const texts = prepared.map(({ statement }) => statement)
    expect(texts).toContain(again)
    expect(texts).not.toContain(once)
  })

  it('survives a change of a table that prepared text reads', async () => {
    await database.query('create table shapes (id integer)')
    await database.query('insert into shapes values (1)')
    const read = () => database.query('select * from shapes where id = $1', [1])
    for (let n = 0; n < 30; n += 1) await read()
    await database.query("alter table shapes add column name text default 'square'")
    expect(await read()).toEqual([{ id: 1, name: 'square' }])
  })

  it('takes several statements in one text when there are no parameters', async () => {
    await database.query('create table first (id integer); create table second (id integer)')
    expect(await database.query('select 1 from first union all select 1 from second')).toEqual([])
  })

  it('has the text search the inbox needs', async () => {
    await database.query('create extension if not exists pg_trgm')
    await database.query('create extension if not exists unaccent')
    expect(
      await database.query(
        `select similarity('refund', 'refunds') > 0.5 as near, unaccent('Größe') as plain`,
      ),
    ).toEqual([{ near: true, plain: 'Grosse' }])
  })

  it('answers nothing after it was closed', async () => {
    const other = await testDatabase(database.engine, { migrated: false })
    const last = other.query('select 1 as n')
    await other.close()
    expect(await last).toEqual([{ n: 1 }])
    await expect(other.query('select 1')).rejects.toThrow()
  })
})
