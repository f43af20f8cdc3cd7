import { hash, randomBytes } from 'node:crypto'
import { existsSync, rmSync } from 'node:fs'
import { mkdtemp, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import type { Database } from '../storage/database.ts'
import { openEmbedded } from '../storage/embedded.ts'
import { type FieldSeal, withoutKey } from '../storage/field-seal.ts'
import { migrations } from '../storage/migrations/index.ts'
import { migrate } from '../storage/migrations/migrate.ts'
import { openPostgres } from '../storage/postgres.ts'
import { copyFolder } from './copy-folder.ts'
import { startPostgres, type TestPostgres } from './postgres.ts'

export type TestEngine = 'embedded' | 'postgres'

export const testEngines: readonly TestEngine[] = ['embedded', 'postgres']
export const silent = pino({ level: 'silent' })

let own: Promise<TestPostgres> | undefined

/** The one real PostgreSQL of this run; where none was started for all, one of this process, which ends with it. */
export async function testPostgres(): Promise<Pick<TestPostgres, 'url' | 'urlOf'>> {
  const url = process.env.TEST_POSTGRES_URL
  if (!url) {
    own ??= startPostgres()
    return own
  }
  return { url, urlOf: (database) => new URL(`/${database}`, url).href }
}

/** A fresh database with the whole schema, or an empty one. Close it when done. */
export async function testDatabase(
  engine: TestEngine,
  { migrated = true, seal = withoutKey }: { migrated?: boolean; seal?: FieldSeal } = {},
): Promise<Database> {
  const database =
    engine === 'embedded'
      ? await openCopy(await (migrated ? migratedFolder() : preparedFolder()), seal)
      : await openPostgres({
          databaseUrl: await freshPostgresUrl(migrated ? process.env.TEST_POSTGRES_MIGRATED : undefined),
          logger: silent,
          seal,
        })
  if (migrated) await migrate(database)
  return database
}

/** An empty one, or a copy of one that nobody is connected to. */
export async function freshPostgresUrl(template = 'template1'): Promise<string> {
  const { url, urlOf } = await testPostgres()
  const name = `test_${randomBytes(6).toString('hex')}`
  const admin = await openPostgres({ databaseUrl: url, logger: silent, connections: 1 })
  try {
    await admin.query(`create database ${name} template ${template}`)
  } finally {
    await admin.close()
  }
  return urlOf(name)
}

/** Its folder goes when it is closed, or with the process. */
async function openCopy(from: string, seal: FieldSeal): Promise<Database> {
  const dataDir = await mkdtemp(join(tmpdir(), 'parley-test-'))
  const forget = () => rmSync(dataDir, { recursive: true, force: true })
  process.once('exit', forget)
  await copyFolder(from, dataDir)
  const database = await openEmbedded({ dataDir, logger: silent, seal, buffersMb: 16 })
  return {
    ...database,
    async close() {
      await database.close()
      process.off('exit', forget)
      forget()
    },
  }
}

const engineName = () => {
  const { dependencies } = createRequire(import.meta.url)('../../package.json')
  return `parley-embedded-${dependencies['@electric-sql/pglite']}`
}

/** A data folder with an embedded database and nothing in it: preparing one takes seconds, a copy a tenth of one. */
export const preparedFolder = () => keptFolder(engineName())

/** The same with the schema of today. */
export async function migratedFolder(): Promise<string> {
  const schema = hash('sha256', JSON.stringify(migrations), 'hex').slice(0, 12)
  return keptFolder(`${engineName()}-${schema}`, await preparedFolder(), migrate)
}

/** Made once for a machine, whoever needs it first. */
async function keptFolder(name: string, from?: string, work?: (database: Database) => Promise<unknown>) {
  const path = join(tmpdir(), name)
  if (existsSync(path)) return path
  const draft = await mkdtemp(`${path}-`)
  if (from) await copyFolder(from, draft)
  const database = await openEmbedded({ dataDir: draft, logger: silent })
  await work?.(database)
  await database.close()
  await rename(draft, path).catch(async (error) => {
    await rm(draft, { recursive: true })
    if (!existsSync(path)) throw error
  })
  return path
}
