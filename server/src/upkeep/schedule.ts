import type { Parts } from '../app/parts.ts'
import { keptBackups } from './kept-backups.ts'
import { type Taken, takeBackup } from './take-backup.ts'

/** A server that has just started has other things to do. */
const firstAfterMs = 10 * 60_000
const lookEveryMs = 60_000
const hourMs = 3_600_000

export interface Backups {
  /** Takes one now; whoever asks while one is being taken gets that one. */
  take(): Promise<Taken>
  /** Takes one when the newest is old enough; says whether it did. */
  takeWhenDue(): Promise<boolean>
  stop(): Promise<void>
}

/** When the last one was taken is read off the backups themselves, so a restart neither forgets nor repeats one. */
export function scheduleBackups(parts: Pick<Parts, 'config' | 'database' | 'clock' | 'logger'>): Backups {
  const { config, clock, logger } = parts
  const { folder, everyHours } = config.backups
  const startedAt = clock.now().getTime()
  let taking: Promise<Taken> | undefined
  let failedAt = Number.NEGATIVE_INFINITY

  function take(): Promise<Taken> {
    taking ??= takeBackup(parts).finally(() => {
      taking = undefined
    })
    return taking
  }

  async function takeWhenDue(): Promise<boolean> {
    if (everyHours === 0 || taking) return false
    const [newest] = await keptBackups(folder)
    const dueAt = newest ? newest.takenAt.getTime() + everyHours * hourMs : startedAt + firstAfterMs
    const now = clock.now().getTime()
    if (now < Math.max(dueAt, failedAt + hourMs)) return false
    try {
      const { path, bytes } = await take()
      logger.info({ path, bytes }, 'A backup was taken.')
      return true
    } catch (error) {
      failedAt = now
      logger.error(
        { err: error, folder },
        'A backup could not be taken. The earlier ones are kept, and it is tried again in an hour. Look at the space on the disk.',
      )
      return false
    }
  }

  const looking = setInterval(() => void takeWhenDue(), lookEveryMs)
  looking.unref()
  return {
    take,
    takeWhenDue,
    async stop() {
      clearInterval(looking)
      await taking?.catch(() => {})
    },
  }
}
