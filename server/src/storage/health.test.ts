import { expect, it } from 'vitest'
import { systemClock } from '../clock.ts'
import { testDatabase, testEngines } from '../testing/database.ts'
import { withoutKey } from './field-seal.ts'
import { healthOf } from './health.ts'

it.each(testEngines)('knows a database (%s) that answers from one that is closed', async (engine) => {
  const database = await testDatabase(engine, { migrated: false })
  expect(await healthOf(database, systemClock)).toBe('ready')
  await database.close()
  expect(await healthOf(database, systemClock)).toBe('storage')
})

it('waits no longer than it says for a database that says nothing', async () => {
  expect(await healthOf({ seal: withoutKey, query: () => new Promise(() => {}) }, systemClock, 20)).toBe(
    'storage',
  )
})

it.each([
  [-600, 'clock'],
  [-4, 'ready'],
  [4, 'ready'],
  [600, 'clock'],
])('calls a clock that differs from the database’s by %i s: %s', async (seconds, health) => {
  const database = await testDatabase('postgres', { migrated: false })
  const clock = { now: () => new Date(Date.now() + seconds * 1_000) }
  expect(await healthOf(database, clock)).toBe(health)
  await database.close()
})
