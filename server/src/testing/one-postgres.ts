import { migratedImage } from './database.ts'
import { startPostgres, type TestPostgres } from './postgres.ts'

let postgres: TestPostgres | undefined

/** Once for all files of a run: what each of them would otherwise wait for. */
export async function setup(): Promise<void> {
  const [started] = await Promise.all([startPostgres({ max_connections: '300' }), migratedImage()])
  postgres = started
  process.env.TEST_POSTGRES_URL = started.url
}

export async function teardown(): Promise<void> {
  await postgres?.stop()
}
