import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import type { Parts } from '../app/parts.ts'
import { type Clock, testClock } from '../clock.ts'
import { readConfig } from '../config.ts'
import { fieldSealOf } from '../identity/index.ts'
import { systemRandom } from '../random.ts'
import { diskBlobs } from '../storage/blobs.ts'
import { migrate } from '../storage/migrations/migrate.ts'
import { openPostgres } from '../storage/postgres.ts'
import { createTimers } from '../storage/timers.ts'
import { freshPostgresUrl, testDatabase } from './database.ts'

export type Engine = 'embedded' | 'postgres'
export const engines: readonly Engine[] = ['embedded', 'postgres']

export interface SiteWorld {
  parts: Parts
  clock: ReturnType<typeof testClock>
  close(): Promise<void>
}

/** What the nodes of one installation have in common. */
export interface Shared {
  databaseUrl: string
  folder: string
}

/** Everything the composition root makes, on a fresh database, with a clock that the test turns. */
export async function createSiteWorld(
  engine: Engine = 'postgres',
  env: Record<string, string> = {},
  /** A test of sockets and timers lives in real time. */
  realClock?: Clock,
  /** Another node on what is there already; whoever made it takes it away. */
  shared?: Shared,
): Promise<SiteWorld> {
  const folder = shared?.folder ?? (await mkdtemp(join(tmpdir(), 'parley-site-')))
  const config = readConfig({
    NODE_ENV: 'test',
    DATA_DIR: folder,
    PUBLIC_URL: 'https://chat.example',
    LOG_LEVEL: 'silent',
    ...env,
  })
  const logger = pino({ level: 'silent' })
  const clock = testClock('2026-11-23T10:00:00Z')
  const usedClock = realClock ?? clock
  const seal = fieldSealOf(config, logger)
  const database = shared
    ? await openPostgres({ databaseUrl: shared.databaseUrl, logger, seal })
    : await testDatabase(engine, { seal })
  if (shared) await migrate(database)
  const parts: Parts = {
    config,
    logger,
    clock: usedClock,
    random: systemRandom,
    database,
    timers: createTimers({ database, clock: usedClock, logger }),
    blobs: diskBlobs(folder),
  }
  return {
    parts,
    clock,
    async close() {
      await database.close()
      if (!shared) await rm(folder, { recursive: true, force: true })
    },
  }
}

export interface SiteNodes {
  readonly nodes: readonly [SiteWorld, SiteWorld]
  close(): Promise<void>
}

/** Two nodes of one installation on PostgreSQL. */
export async function createSiteNodes(): Promise<SiteNodes> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-site-'))
  const shared = { databaseUrl: await freshPostgresUrl(), folder }
  const node = () => createSiteWorld('postgres', {}, undefined, shared)
  const nodes = [await node(), await node()] as const
  return {
    nodes,
    async close() {
      for (const each of nodes) await each.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A bare site, for what needs only its row. */
export async function givenSite(parts: Parts, siteId = 'sit_marlow'): Promise<void> {
  await parts.database.query(
    `insert into sites (site_id, site_key, settings, created_at) values ($1, $2, '{}'::jsonb, $3)`,
    [siteId, `key_${siteId}`, parts.clock.now()],
  )
}
