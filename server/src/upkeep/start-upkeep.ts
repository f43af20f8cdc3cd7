import type { Parts } from '../app/parts.ts'
import { openDoor } from './door.ts'
import { scheduleBackups } from './schedule.ts'

/** Backups of the embedded database, by the clock and when somebody asks. PostgreSQL has its own ways. */
export async function startUpkeep(parts: Parts): Promise<{ stop(): Promise<void> }> {
  if (!parts.database.copyTo) return { async stop() {} }
  const backups = scheduleBackups(parts)
  const door = await openDoor(parts.config.dataDir, backups, parts.logger)
  return {
    async stop() {
      await door.close()
      await backups.stop()
    },
  }
}
