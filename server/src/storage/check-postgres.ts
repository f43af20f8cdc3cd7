import type pg from 'pg'
import type { Logger } from 'pino'
import type { Database } from './database.ts'
import { CannotOpen } from './unavailable.ts'

const OLDEST = 15

/** What must be on, or a crash of the database server takes back what people were told is stored. */
const MUST_BE_ON = ['fsync', 'full_page_writes', 'synchronous_commit'] as const

type Settings = Record<'version' | 'encoding' | (typeof MUST_BE_ON)[number], string>

export async function checkSettings(database: Database, logger: Logger): Promise<void> {
  const [settings] = await database.query<Settings>(
    `select current_setting('server_version_num') as version,
            current_setting('server_encoding') as encoding,
            current_setting('fsync') as fsync,
            current_setting('full_page_writes') as full_page_writes,
            current_setting('synchronous_commit') as synchronous_commit`,
  )
  if (!settings) throw new Error('The database did not tell its settings.')
  const major = Math.floor(Number(settings.version) / 10_000)
  if (major < OLDEST) {
    throw new CannotOpen(
      `The database is PostgreSQL ${major}; Parley needs ${OLDEST} or newer. Upgrade it and start again.`,
    )
  }
  if (settings.encoding !== 'UTF8') {
    throw new CannotOpen(
      `The database stores text as ${settings.encoding}; Parley needs UTF8. Create it with ENCODING 'UTF8'.`,
    )
  }
  for (const name of MUST_BE_ON) {
    if (settings[name] !== 'off') continue
    logger.error(
      { setting: name },
      `PostgreSQL runs with ${name} = off: a crash of its machine can lose messages that were already acknowledged. Turn it on.`,
    )
  }
}

/**
 * A pooler that gives each transaction another connection mixes up what belongs to one: prepared statements, time limits,
 * locks. It shows in that two clients meet on the same server process.
 */
export async function refuseMixedConnections(connect: () => Promise<pg.PoolClient>): Promise<void> {
  const processOf = async (client: pg.PoolClient) => {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
    return rows[0]?.pid
  }
  const [one, other] = [await connect(), await connect()]
  try {
    const before = await processOf(one)
    await other.query('begin')
    const others = await processOf(other)
    const after = await processOf(one)
    await other.query('rollback')
    if (before === others || before !== after)
      throw new CannotOpen(
        'A connection pooler stands before the database and mixes connections (transaction or statement mode). Let Parley connect to PostgreSQL directly, or set the pooler to session mode.',
      )
  } finally {
    one.release()
    other.release()
  }
}
