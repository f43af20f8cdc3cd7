import { existsSync } from 'node:fs'
import { mkdir, readdir } from 'node:fs/promises'
import { pino } from 'pino'
import type { Parts } from '../app/parts.ts'
import { type Clock, systemClock } from '../clock.ts'
import { readConfig } from '../config.ts'
import { fieldSealOf } from '../identity/index.ts'
import { systemRandom } from '../random.ts'
import { diskBlobs } from '../storage/blobs.ts'
import { openEmbedded } from '../storage/embedded.ts'
import { migrate } from '../storage/migrations/migrate.ts'
import { createTimers } from '../storage/timers.ts'
import { copyFolder } from './copy-folder.ts'
import { migratedFolder } from './database.ts'

/** Everything a server is made of, on an embedded database in a folder. Close its database when done. */
export async function partsOnDisk(
  dataDir: string,
  {
    env = {},
    clock = systemClock,
    lines,
  }: { env?: Record<string, string>; clock?: Clock; lines?: string[] } = {},
): Promise<Parts> {
  const logger = lines
    ? pino({ level: 'info' }, { write: (line: string) => lines.push(line) })
    : pino({ level: 'silent' })
  const isNew = !existsSync(dataDir) || (await readdir(dataDir)).length === 0
  if (isNew) {
    await mkdir(dataDir, { recursive: true })
    await copyFolder(await migratedFolder(), dataDir)
  }
  const config = readConfig({ NODE_ENV: 'test', DATA_DIR: dataDir, LOG_LEVEL: 'silent', ...env })
  const database = await openEmbedded({ dataDir, logger, seal: fieldSealOf(config, logger) })
  await migrate(database)
  return {
    config,
    logger,
    clock,
    random: systemRandom,
    database,
    timers: createTimers({ database, clock, logger }),
    blobs: diskBlobs(dataDir),
  }
}
