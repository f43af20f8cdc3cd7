import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { unaccent } from '@electric-sql/pglite/contrib/unaccent'
import { pino } from 'pino'
import type { Database } from '../storage/database.ts'
import { openEmbedded } from '../storage/embedded.ts'
import { migrate } from '../storage/migrations/migrate.ts'
import { openPostgres } from '../storage/postgres.ts'
import { startPostgres, type TestPostgres } from './postgres.ts'

export type TestEngine = 'embedded' | 'postgres'

export const testEngines: readonly TestEngine[] = ['embedded', 'postgres']
export const silent = pino({ level: 'silent' })

let server: Promise<TestPostgres> | undefined

/** The one real PostgreSQL of this test process; it ends with the process. */
export function testPostgres(): Promise<TestPostgres> {
  server ??= startPostgres()
  return server
}

/** A fresh database with the whole schema, or an empty one. Close it when done. */
export async function testDatabase(engine: TestEngine, { migrated = true } = {}): Promise<Database> {
  const database =
    engine === 'embedded'
      ? await openEmbedded({ dataDir: ':memory:', logger: silent, image: await embeddedImage() })
      : await openPostgres({ databaseUrl: await freshPostgresUrl(), logger: silent })
  if (migrated) await migrate(database)
  return database
}

export async function freshPostgresUrl(): Promise<string> {
  const { url, urlOf } = await testPostgres()
  const name = `test_${randomBytes(6).toString('hex')}`
  const admin = await openPostgres({ databaseUrl: url, logger: silent, connections: 1 })
  try {
    await admin.query(`create database ${name}`)
  } finally {
    await admin.close()
  }
  return urlOf(name)
}

/** Preparing an embedded database takes seconds; one prepared per machine and engine version serves all tests. */
export async function embeddedImage(): Promise<string> {
  const { dependencies } = createRequire(import.meta.url)('../../package.json')
  const version: string = dependencies['@electric-sql/pglite']
  const path = join(tmpdir(), `parley-embedded-${version}.tar`)
  if (existsSync(path)) return path
  const engine = await PGlite.create({ dataDir: 'memory://', extensions: { pg_trgm, unaccent } })
  const image = await engine.dumpDataDir('none')
  await engine.close()
  const draft = `${path}.${process.pid}`
  await writeFile(draft, new Uint8Array(await image.arrayBuffer()))
  await rename(draft, path)
  return path
}
