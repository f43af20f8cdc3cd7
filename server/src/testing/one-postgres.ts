import { migrate } from '../storage/migrations/migrate.ts'
import { openPostgres } from '../storage/postgres.ts'
import { freshPostgresUrl, migratedFolder, silent } from './database.ts'
import { startPostgres, type TestPostgres } from './postgres.ts'

let postgres: TestPostgres | undefined

/** Once for all files of a run: what each of them would otherwise wait for. */
export async function setup(): Promise<void> {
  const [started] = await Promise.all([startPostgres({ max_connections: '300' }), migratedFolder()])
  postgres = started
  process.env.TEST_POSTGRES_URL = started.url
  process.env.TEST_POSTGRES_MIGRATED = await migratedTemplate()
}

/** A copy of it costs half of migrating an empty database. */
async function migratedTemplate(): Promise<string> {
  const databaseUrl = await freshPostgresUrl()
  const database = await openPostgres({ databaseUrl, logger: silent, connections: 1 })
  await migrate(database)
  await database.close()
  return new URL(databaseUrl).pathname.slice(1)
}

export async function teardown(): Promise<void> {
  await postgres?.stop()
}
