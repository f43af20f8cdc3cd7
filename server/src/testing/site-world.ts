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
import { migrate } from '../storage/migrations/migrate.ts'
import { createTimers } from '../storage/timers.ts'
import { startPostgres } from './postgres.ts'

export type Engine = 'embedded' | 'postgres'
export const engines: readonly Engine[] = ['embedded', 'postgres']

export interface SiteWorld {
  parts: Parts
  clock: ReturnType<typeof testClock>
  close(): Promise<void>
}

/** Everything the composition root makes, on a fresh database, with a clock that the test turns. */
export async function createSiteWorld(
  engine: Engine = 'embedded',
  env: Record<string, string> = {},
): Promise<SiteWorld> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-site-'))
  const postgres = engine === 'postgres' ? await startPostgres() : undefined
  const config = readConfig({
    NODE_ENV: 'test',
    DATA_DIR: folder,
    PUBLIC_URL: 'https://chat.example',
    LOG_LEVEL: 'silent',
    ...env,
  })
  const logger = pino({ level: 'silent' })
  const clock = testClock('2026-11-23T10:00:00Z')
  const database = await openDatabase({ databaseUrl: postgres?.url, dataDir: ':memory:', logger })
  await migrate(database)
  const parts: Parts = {
    config,
    logger,
    clock,
    random: systemRandom,
    database,
    timers: createTimers({ database, clock, logger }),
    blobs: diskBlobs(folder),
  }
  return {
    parts,
    clock,
    async close() {
      await database.close()
      await postgres?.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
