import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import type { Parts } from '../app/parts.ts'
import { testClock } from '../clock.ts'
import { readConfig } from '../config.ts'
import { systemRandom } from '../random.ts'
import { diskBlobs } from '../storage/blobs.ts'
import { openDatabase } from '../storage/database.ts'
import { spine } from '../storage/migrations/001-spine.ts'
import { migrations } from '../storage/migrations/index.ts'
import { migrate } from '../storage/migrations/migrate.ts'
import { createTimers } from '../storage/timers.ts'

export interface GivenParts {
  parts: Parts
  clock: ReturnType<typeof testClock>
  dataDir: string
  close(): Promise<void>
}

/** The real parts on an embedded database in memory and a folder of their own; the clock stands until turned. */
export async function givenParts(env: Record<string, string> = {}): Promise<GivenParts> {
  const dataDir = await mkdtemp(join(tmpdir(), 'parley-parts-'))
  const logger = pino({ level: 'silent' })
  const clock = testClock()
  const database = await openDatabase({ dataDir: ':memory:', logger })
  await migrate(database, [...new Set([...migrations, spine])])
  const timers = createTimers({ database, clock, logger })
  const config = readConfig({
    NODE_ENV: 'test',
    DATA_DIR: dataDir,
    SECRET_KEY: randomBytes(32).toString('hex'),
    ...env,
  })
  return {
    parts: { config, logger, clock, random: systemRandom, database, timers, blobs: diskBlobs(dataDir) },
    clock,
    dataDir,
    async close() {
      await timers.stop()
      await database.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

export async function givenSite(parts: Parts, siteId = 'sit_marlow'): Promise<string> {
  await parts.database.query(
    `insert into sites (site_id, site_key, settings, created_at) values ($1, $2, '{}'::jsonb, $3)`,
    [siteId, `key_${siteId}`, parts.clock.now()],
  )
  return siteId
}
