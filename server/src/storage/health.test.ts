import { expect, it } from 'vitest'
import { testDatabase } from '../testing/database.ts'
import { isAnswering } from './health.ts'

it('knows a database that answers from one that is closed, and from one that says nothing', async () => {
  const database = await testDatabase('embedded', { migrated: false })
  expect(await isAnswering(database)).toBe(true)
  await database.close()
  expect(await isAnswering(database)).toBe(false)
  expect(await isAnswering({ query: () => new Promise(() => {}) }, 20)).toBe(false)
})
