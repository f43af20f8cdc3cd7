import type { Logger } from 'pino'
import { openEmbedded } from './embedded.ts'
import { type FieldSeal, withoutKey } from './field-seal.ts'
import { openPostgres } from './postgres.ts'

/** Parameters are `$1`, `$2`…; arrays work in `= ANY($1)` and `unnest($1::text[])`; jsonb is passed as text and cast. */
export interface Sql {
  /** What some fields are sealed with on their way in, and opened with on their way out. */
  readonly seal: FieldSeal
  query<Row = Record<string, unknown>>(text: string, params?: readonly unknown[]): Promise<Row[]>
}

/** `long` allows minutes per statement instead of seconds: for migrations, reports and exports. */
export type Patience = 'usual' | 'long'

export interface Database extends Sql {
  readonly engine: 'embedded' | 'postgres'
  /** Commits when `work` resolves, rolls back when it rejects. Never wait for a network inside. */
  transaction<T>(work: (sql: Sql) => Promise<T>, patience?: Patience): Promise<T>
  /** How busy it is: connections in use and idle, and who waits for one. */
  load(): { used: number; idle: number; waiting: number }
  /** Embedded only: its files as they are at one moment, and what `read` found at that moment. Everybody waits meanwhile. */
  copyTo?<T>(folder: string, read: (sql: Sql) => Promise<T>): Promise<T>
  close(): Promise<void>
}

export type DatabaseOptions = {
  databaseUrl?: string | undefined
  dataDir: string
  logger: Logger
  /** Without one nothing sealed is opened, and nothing that must be is written. */
  seal?: FieldSeal
}

export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { databaseUrl, dataDir, logger, seal = withoutKey } = options
  return databaseUrl ? openPostgres({ databaseUrl, logger, seal }) : openEmbedded({ dataDir, logger, seal })
}
