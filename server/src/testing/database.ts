import { hash, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm'
import { unaccent } from '@electric-sql/pglite/contrib/unaccent'
import { pino } from 'pino'
import type { Database, Sql } from '../storage/database.ts'
import { openEmbedded } from '../storage/embedded.ts'
import { type FieldSeal, withoutKey } from '../storage/field-seal.ts'
import { migrations } from '../storage/migrations/index.ts'
import { migrate } from '../storage/migrations/migrate.ts'
import { openPostgres } from '../storage/postgres.ts'
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
      ? await openEmbedded({
          dataDir: ':memory:',
          logger: silent,
          seal,
          image: await (migrated ? migratedImage() : embeddedImage()),
        })
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

const imageName = () => {
  const { dependencies } = createRequire(import.meta.url)('../../package.json')
  return `parley-embedded-${dependencies['@electric-sql/pglite']}`
}

/** Preparing an embedded database takes seconds; one prepared per machine and engine version serves all tests. */
export const embeddedImage = () => prepared(imageName(), async () => {})

const schema = () => hash('sha256', JSON.stringify(migrations), 'hex').slice(0, 12)

/** The same with the schema of today. */
export function migratedImage(): Promise<string> {
  return prepared(`${imageName()}-${schema()}`, async (engine) => {
    const sql: Sql = {
      seal: withoutKey,
      async query<Row>(text: string, params?: readonly unknown[]) {
        if (params) return (await engine.query<Row>(text, [...params])).rows
        return ((await engine.exec(text)).at(-1)?.rows ?? []) as Row[]
      },
    }
    await migrate({ engine: 'embedded', transaction: (work) => work(sql) })
  })
}

/** A data folder with the schema of today and nothing else; copying it is quicker than unpacking the image. */
export async function migratedFolder(): Promise<string> {
  const path = join(tmpdir(), `${imageName()}-${schema()}`)
  if (existsSync(path)) return path
  const draft = await mkdtemp(`${path}-`)
  const database = await openEmbedded({ dataDir: draft, logger: silent, image: await migratedImage() })
  await database.close()
  await rename(draft, path).catch(async (error) => {
    await rm(draft, { recursive: true })
    if (!existsSync(path)) throw error
  })
  return path
}

async function prepared(name: string, prepare: (engine: PGlite) => Promise<void>): Promise<string> {
  const path = join(tmpdir(), `${name}.tar`)
  if (existsSync(path)) return path
  const engine = await PGlite.create({ dataDir: 'memory://', extensions: { pg_trgm, unaccent } })
  await prepare(engine)
  const image = await engine.dumpDataDir('none')
  await engine.close()
  const draft = `${path}.${process.pid}`
  await writeFile(draft, new Uint8Array(await image.arrayBuffer()))
  await rename(draft, path)
  return path
}
