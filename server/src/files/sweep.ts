import type { Parts } from '../app/parts.ts'
import { claimUnsent, deleteSwept, findFile, giveBackSent } from './store.ts'

export const sweepFile = 'sweepFile'
export const unsentLifeMs = 24 * 60 * 60 * 1000

/** Longer than any send that saw the file as free can still take to commit. */
const graceMs = 10 * 60 * 1000

interface Sweep {
  siteId: string
  fileId: string
  isClaimed?: boolean
}

/** Files that were uploaded and never sent go after a day: first out of reach, then their bytes, then their row. */
export function registerFileTimers(parts: Parts): void {
  parts.timers.on(sweepFile, async ({ key, payload }) => {
    const sweep = payload as Sweep
    if (sweep.isClaimed) return removeClaimed(parts, sweep)
    if (!(await claimUnsent(parts.database, sweep.siteId, sweep.fileId))) return
    const removeAt = new Date(parts.clock.now().getTime() + graceMs)
    await parts.timers.set(parts.database, sweepFile, key, removeAt, { ...sweep, isClaimed: true })
  })
}

/** For a file whose id nobody has been told: gone at once. */
export async function discardFile(parts: Parts, file: Sweep): Promise<void> {
  if (await claimUnsent(parts.database, file.siteId, file.fileId)) await removeClaimed(parts, file)
}

async function removeClaimed(parts: Parts, { siteId, fileId }: Sweep): Promise<void> {
  await giveBackSent(parts.database, siteId, fileId)
  const row = await findFile(parts.database, siteId, fileId)
  if (row?.state !== 'swept') return
  await parts.blobs.delete(row.blobKey)
  if (row.thumbnailKey) await parts.blobs.delete(row.thumbnailKey)
  await deleteSwept(parts.database, siteId, fileId)
}
