import type { Parts } from '../app/parts.ts'
import { claimUnsent, deleteSwept, type FileRow } from './store.ts'

export const sweepFile = 'sweepFile'
export const unsentLifeMs = 24 * 60 * 60 * 1000

interface Sweep {
  siteId: string
  fileId: string
}

/** Files that were uploaded and never sent go after a day, their bytes before their row. */
export function registerFileTimers(parts: Parts): void {
  parts.timers.on(sweepFile, ({ payload }) => discardFile(parts, payload as Sweep))
}

export async function discardFile(parts: Parts, file: Sweep): Promise<void> {
  const row = await claimUnsent(parts.database, file.siteId, file.fileId)
  if (row === undefined) return
  await removeBytes(parts, row)
  await deleteSwept(parts.database, file.siteId, file.fileId)
}

async function removeBytes(parts: Parts, row: FileRow): Promise<void> {
  await parts.blobs.delete(row.blobKey)
  if (row.thumbnailKey) await parts.blobs.delete(row.thumbnailKey)
}
