import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSiteWorld, engines, type SiteWorld } from '../../testing/site-world.ts'
import type { Sql } from '../database.ts'
import { searchedNames } from './021-searched-names.ts'

describe.each(engines)('the index of searched names on %s', (engine) => {
  let world: SiteWorld
  beforeAll(async () => {
    world = await createSiteWorld(engine)
  })
  afterAll(() => world?.close())

  const isThere = async (sql: Sql) =>
    (await sql.query(`select from pg_class where relname = 'conversations_searched'`)).length > 0

  it('is made where the extension may be, and the upgrade goes on without it where it may not', async () => {
    const { database } = world.parts
    expect(await isThere(database)).toBe(true)
    const undone = new Error('This is only tried.')
    const trying = database.transaction(async (sql) => {
      await sql.query('drop extension pg_trgm cascade')
      expect(await isThere(sql)).toBe(false)
      await sql.query('create role may_make_no_extension')
      await sql.query('set local role may_make_no_extension')
      await sql.query(searchedNames.up)
      await sql.query('reset role')
      expect(await isThere(sql)).toBe(false)
      await sql.query(searchedNames.up)
      expect(await isThere(sql)).toBe(true)
      throw undone
    })
    await expect(trying).rejects.toBe(undone)
  })
})
