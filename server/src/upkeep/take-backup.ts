import { copyFile, link, mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '../clock.ts'
import type { Config } from '../config.ts'
import type { Database } from '../storage/database.ts'
import { syncPath } from '../storage/sync.ts'
import { namesIn, packInto } from './archive.ts'
import { backupName, clearUnfinished, keepNewest, unfinishedPrefix } from './kept-backups.ts'
import { type Holdings, holdingsOf } from './store.ts'

/** The first thing in every backup. */
export interface Manifest extends Holdings {
  format: 1
  takenAt: string
}

export const manifestName = 'backup.json'

export interface Taken {
  path: string
  bytes: number
  manifest: Manifest
}

/**
 * One new file that holds the embedded database as it was at one moment, and every file people had sent by then. It gets
 * its name only when it is whole and on the disk; only then an old one goes.
 */
export async function takeBackup(parts: {
  config: Pick<Config, 'dataDir' | 'backups'>
  database: Database
  clock: Clock
}): Promise<Taken> {
  const { config, database, clock } = parts
  const { folder, keep } = config.backups
  if (!database.copyTo) throw new Error('Only the embedded database is backed up this way.')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await clearUnfinished(folder)
  const staging = await mkdtemp(join(folder, unfinishedPrefix))
  try {
    const takenAt = clock.now()
    const holdings = await database.copyTo(join(staging, 'postgres'), holdingsOf)
    // After the database: whatever a message names was there before it.
    await linkFiles(join(config.dataDir, 'files'), join(staging, 'files'))
    const manifest: Manifest = { format: 1, takenAt: takenAt.toISOString(), ...holdings }
    await writeFile(join(staging, manifestName), `${JSON.stringify(manifest, null, 2)}\n`)
    const draft = join(staging, 'draft.tar.gz')
    await packInto(draft, staging, [manifestName, 'postgres', 'files'])
    if (!(await namesIn(draft)).includes('postgres/PG_VERSION'))
      throw new Error('The backup does not hold the database.')
    await syncPath(draft)
    const path = join(folder, backupName(takenAt))
    await rename(draft, path)
    await syncPath(folder)
    await keepNewest(folder, keep)
    return { path, bytes: (await stat(path)).size, manifest }
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}

/** A file once written never changes, so a second name for it is as good as a copy, and a sweep meanwhile takes only the first. */
async function linkFiles(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true, mode: 0o700 })
  const entries = await readdir(from, { withFileTypes: true }).catch(() => [])
  for (const entry of entries) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) await linkFiles(source, target)
    else if (!entry.name.endsWith('.part'))
      await link(source, target).catch(() => copyIfThere(source, target))
  }
}

async function copyIfThere(source: string, target: string): Promise<void> {
  await copyFile(source, target).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
  })
}
