import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { testDatabase, testEngines } from '../../testing/database.ts'
import type { Database } from '../database.ts'
import { migrations } from './index.ts'
import { type Migration, migrate } from './migrate.ts'

const one: Migration = { id: '001-one', up: 'create table one (id integer); insert into one values (1)' }
const two: Migration = { id: '002-two', up: 'create table two (id integer)' }
const three: Migration = { id: '003-three', up: 'create table three (id integer); select 1 / 0' }

describe.each(testEngines)('migrations on %s', (engine) => {
  let database: Database
  beforeAll(async () => {
    database = await testDatabase(engine, { migrated: false })
  })
  afterAll(() => database.close())

  it('are applied once, in order, also by nodes that start together', async () => {
    const applied = await Promise.all([migrate(database, [one, two]), migrate(database, [one, two])])
    expect(applied.flat()).toEqual(['001-one', '002-two'])
    expect(await migrate(database, [one, two])).toEqual([])
    expect(await database.query('select id from migrations order by id')).toEqual([
      { id: '001-one' },
      { id: '002-two' },
    ])
    expect(await database.query('select id from one')).toEqual([{ id: 1 }])
  })

  it('leave nothing behind when one fails', async () => {
    await expect(migrate(database, [one, two, three])).rejects.toMatchObject({ code: '22012' })
    expect(await database.query(`select to_regclass('three') as found`)).toEqual([{ found: null }])
    expect(await migrate(database, [one, two])).toEqual([])
  })

  it('refuse a database that a newer version wrote', async () => {
    await expect(migrate(database, [one])).rejects.toThrow(
      'The database was written by a newer version of Parley (002-two).',
    )
  })

  it('must be listed in order', async () => {
    await expect(migrate(database, [two, one])).rejects.toThrow('001-one must come before 002-two')
  })

  it('of this version fit an empty database', async () => {
    const empty = await testDatabase(engine, { migrated: false })
    expect(await migrate(empty)).toEqual(migrations.map(({ id }) => id))
    await empty.close()
  })
})

describe('migrations while others are at work', () => {
  it('give up rather than keep everybody waiting behind them, and change nothing', async () => {
    const database = await testDatabase('postgres', { migrated: false })
    await migrate(database, [one])
    const change: Migration = { id: '002-change', up: 'alter table one add column more text' }
    await database.transaction(async (sql) => {
      await sql.query('select id from one')
      await expect(migrate(database, [one, change])).rejects.toMatchObject({ code: '55P03' })
    })
    expect(await migrate(database, [one, change])).toEqual(['002-change'])
    await database.close()
  })
})
