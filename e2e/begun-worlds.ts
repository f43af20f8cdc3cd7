import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { copyFolder } from '@parley/server/src/testing/copy-folder.ts'
import { freshPostgresUrl, migratedFolder } from '@parley/server/src/testing/database.ts'
import { startPostgres, type TestPostgres } from '@parley/server/src/testing/postgres.ts'
import { startParley } from './world.ts'

let folder: string | undefined
let postgres: TestPostgres | undefined

/**
 * Once for all files of a run: Parley has started and stopped on each engine, for every world to begin on a copy. A copy
 * on PostgreSQL costs half of one on the embedded engine, so journeys that are about neither take that.
 */
export async function setup(): Promise<void> {
  const [made, started, migrated] = await Promise.all([
    mkdtemp(join(tmpdir(), 'parley-begun-')),
    startPostgres({ max_connections: '300' }),
    migratedFolder(),
  ])
  await copyFolder(migrated, join(made, 'embedded'))
  folder = made
  postgres = started
  process.env.TEST_POSTGRES_URL = postgres.url
  const databaseUrl = await freshPostgresUrl()
  const worlds = await Promise.all([
    startParley({ dataDir: join(folder, 'embedded') }),
    startParley({ dataDir: join(folder, 'postgres'), env: { DATABASE_URL: databaseUrl } }),
  ])
  await Promise.all(worlds.map((world) => world.stop()))
  process.env.BEGUN_FOLDER = folder
  process.env.BEGUN_DATABASE = new URL(databaseUrl).pathname.slice(1)
}

export async function teardown(): Promise<void> {
  await postgres?.stop()
  if (folder) await rm(folder, { recursive: true, force: true })
}
