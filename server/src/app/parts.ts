import type { Logger } from 'pino'
import type { Clock } from '../clock.ts'
import type { Config } from '../config.ts'
import type { Random } from '../random.ts'
import type { BlobStore } from '../storage/blobs.ts'
import type { Database } from '../storage/database.ts'
import type { Timers } from '../storage/timers.ts'

/** What the composition root makes once and hands to everything: the only way to time, chance and the outside. */
export interface Parts {
  config: Config
  logger: Logger
  clock: Clock
  random: Random
  database: Database
  timers: Timers
  blobs: BlobStore
}
