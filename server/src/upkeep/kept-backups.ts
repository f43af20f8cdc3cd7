import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

export interface KeptBackup {
  path: string
  takenAt: Date
}

const named = /^parley-(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)Z\.tar\.gz$/
const unfinished = /^\.taking-/

export function backupName(takenAt: Date): string {
  return `parley-${takenAt.toISOString().slice(0, 19).replaceAll(':', '-')}Z.tar.gz`
}

/** Newest first; nothing where there is no such folder. */
export async function keptBackups(folder: string): Promise<KeptBackup[]> {
  const names = await readdir(folder).catch(() => [])
  return names
    .flatMap((name) => {
      const [, day, hour, minute, second] = named.exec(name) ?? []
      return day === undefined
        ? []
        : [{ path: join(folder, name), takenAt: new Date(`${day}T${hour}:${minute}:${second}Z`) }]
    })
    .sort((one, other) => other.takenAt.getTime() - one.takenAt.getTime())
}

export async function keepNewest(folder: string, keep: number): Promise<void> {
  for (const { path } of (await keptBackups(folder)).slice(keep)) await rm(path, { force: true })
}

/** What a backup left behind that was killed in the middle. */
export async function clearUnfinished(folder: string): Promise<void> {
  for (const name of await readdir(folder))
    if (unfinished.test(name)) await rm(join(folder, name), { recursive: true, force: true })
}

export const unfinishedPrefix = '.taking-'
