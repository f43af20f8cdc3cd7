import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { writeAudit } from '../app/audit.ts'
import type { Clock } from '../clock.ts'
import type { Config } from '../config.ts'
import { closeFolder, reopenFolder } from '../storage/closed-folder.ts'
import { openEmbedded } from '../storage/embedded.ts'
import { lockFolder } from '../storage/lock.ts'
import { migrate } from '../storage/migrations/migrate.ts'
import { syncPath } from '../storage/sync.ts'
import { CannotOpen } from '../storage/unavailable.ts'
import { namesIn, unpackInto } from './archive.ts'
import { endSignIns, holdingsOf, siteIds } from './store.ts'
import { type Manifest, manifestName } from './take-backup.ts'

export interface Restored {
  manifest: Manifest
  /** Where what was there before has been put. */
  before: string | null
}

const interrupted =
  'Restoring a backup into this folder was interrupted. Run "npm run restore" again; what was there before is kept in the folder before-restore-…'
const swapped = ['postgres', 'files'] as const

/**
 * Puts what a backup holds in the place of the embedded database. Everything that can fail is done and looked at beside it
 * first; what was there is moved aside, never deleted.
 */
export async function restoreBackup(
  path: string,
  parts: { config: Pick<Config, 'dataDir'>; clock: Clock; logger: Logger },
): Promise<Restored> {
  const { config, clock, logger } = parts
  const { dataDir } = config
  const lock = await lockFolder(dataDir, { logger })
  const staging = await mkdtemp(join(dataDir, 'restoring-'))
  try {
    await unpack(path, staging)
    const manifest = await readManifest(staging)
    await proveAndPrepare(staging, manifest, parts)
    const before = await swap(dataDir, staging, clock)
    return { manifest, before }
  } finally {
    await rm(staging, { recursive: true, force: true })
    await lock.release()
  }
}

async function unpack(path: string, staging: string): Promise<void> {
  if (!existsSync(path)) throw new CannotOpen(`There is no backup ${path}.`)
  try {
    const names = await namesIn(path)
    const isForeign = (name: string) =>
      !/^(backup\.json|postgres\/|files\/)/.test(name) || name.includes('..')
    if (names.some(isForeign)) throw new Error('it holds what no backup holds')
    await unpackInto(staging, path)
  } catch (error) {
    if (error instanceof CannotOpen) throw error
    throw new CannotOpen(
      `${path} is not a whole backup (${(error as Error).message}). Nothing was changed; take an earlier one.`,
    )
  }
}

async function readManifest(staging: string): Promise<Manifest> {
  const read = JSON.parse(await readFile(join(staging, manifestName), 'utf8').catch(() => '{}'))
  if ((read as Partial<Manifest>).format !== 1)
    throw new CannotOpen('This backup was made by another version of Parley: restore it with that version.')
  return read as Manifest
}

/** Opens it where it lies, counts, and brings it up to this version, so that nothing is left to go wrong in its place. */
async function proveAndPrepare(
  staging: string,
  manifest: Manifest,
  { logger }: { logger: Logger },
): Promise<void> {
  const database = await openEmbedded({ dataDir: staging, logger })
  try {
    const { format: _format, takenAt, ...promised } = manifest
    const found = await holdingsOf(database)
    if (JSON.stringify(found) !== JSON.stringify(promised))
      throw new CannotOpen(
        `The backup should hold ${JSON.stringify(promised)} and holds ${JSON.stringify(found)}. Nothing was changed; take an earlier one.`,
      )
    await migrate(database)
    await database.transaction(async (sql) => {
      await endSignIns(sql)
      for (const siteId of await siteIds(sql))
        await writeAudit(
          sql,
          { kind: 'system', siteId, rule: 'restore' },
          {
            action: 'backup.restored',
            object: `backup:${takenAt}`,
          },
        )
    })
  } finally {
    await database.close()
  }
}

/** Between the two renames there is no database here: a start at that moment must not begin an empty one. */
async function swap(dataDir: string, staging: string, clock: Clock): Promise<string | null> {
  const there = swapped.filter((name) => existsSync(join(dataDir, name)))
  const before = join(
    dataDir,
    `before-restore-${clock.now().toISOString().slice(0, 19).replaceAll(':', '-')}Z`,
  )
  await closeFolder(dataDir, interrupted)
  await syncPath(dataDir)
  if (there.length > 0) await mkdir(before, { mode: 0o700 })
  for (const name of there) await rename(join(dataDir, name), join(before, name))
  for (const name of swapped) await rename(join(staging, name), join(dataDir, name))
  await syncPath(dataDir)
  await reopenFolder(dataDir)
  await syncPath(dataDir)
  return there.length > 0 ? before : null
}
