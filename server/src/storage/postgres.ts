import pg from 'pg'
import type { Logger } from 'pino'
import { checkSettings, refuseMixedConnections } from './check-postgres.ts'
import { askTwice, transact, withReason } from './connection.ts'
import type { Database } from './database.ts'
import { type FieldSeal, withoutKey } from './field-seal.ts'
import { statementNames } from './statements.ts'
import { CannotOpen, DatabaseUnavailable } from './unavailable.ts'
import { values } from './values.ts'

/** Two per core of a small database server, and room for other nodes below its usual limit of 100. */
const CONNECTIONS = 12
const STATEMENT_MS = 10_000
const LOCK_MS = 3_000
const IDLE_IN_TRANSACTION_MS = 10_000
const POOL_WAIT_MS = 3_000
/** Only for a network that swallows packets: the server's own limit comes first. */
const ANSWER_MS = STATEMENT_MS + 5_000
const LONG = `set local statement_timeout = '600s'; set local lock_timeout = '120s'`
const LONG_ANSWER_MS = 660_000

export type PostgresOptions = {
  databaseUrl: string
  logger: Logger
  seal?: FieldSeal
  connections?: number
  poolWaitMs?: number
}

export async function openPostgres(options: PostgresOptions): Promise<Database> {
  const {
    databaseUrl,
    logger,
    seal = withoutKey,
    connections = CONNECTIONS,
    poolWaitMs = POOL_WAIT_MS,
  } = options
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: connections,
    connectionTimeoutMillis: poolWaitMs,
    statement_timeout: STATEMENT_MS,
    lock_timeout: LOCK_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    query_timeout: ANSWER_MS,
    keepAlive: true,
    application_name: 'parley',
    types: values,
    pipeline: true,
  } as pg.PoolConfig)
  pool.on('error', (error) => logger.warn({ err: error }, 'A connection to the database was lost.'))
  // Without a listener a connection that breaks while in use would end the process.
  pool.on('connect', (client) => client.on('error', () => {}))

  const names = statementNames()

  const busy = new Set<Promise<unknown>>()
  let closed = false

  function onClient<T>(use: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    if (closed) return Promise.reject(new DatabaseUnavailable('The database is closed.'))
    const work = withClient(use)
    busy.add(work)
    return work.finally(() => busy.delete(work))
  }

  async function withClient<T>(use: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    let client: pg.PoolClient
    try {
      client = await pool.connect()
    } catch (error) {
      throw withReason(error)
    }
    let broken = false
    try {
      return await use(client)
    } catch (error) {
      const reason = withReason(error)
      broken = reason !== error
      throw reason
    } finally {
      client.release(broken)
    }
  }

  const database: Database = {
    engine: 'postgres',
    seal,
    query: <Row>(text: string, params?: readonly unknown[]) =>
      onClient((client) => askTwice<Row>(client, names, text, params)),
    transaction: (work, patience) =>
      onClient((client) =>
        patience === 'long'
          ? transact(
              client,
              names,
              seal,
              async (sql) => {
                await sql.query(LONG)
                return work(sql)
              },
              LONG_ANSWER_MS,
            )
          : transact(client, names, seal, work),
      ),
    load: () => ({
      used: pool.totalCount - pool.idleCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount,
    }),
    async close() {
      if (closed) return
      closed = true
      await Promise.allSettled(busy)
      await pool.end()
    },
  }

  try {
    await checkSettings(database, logger)
    if (connections > 1) await refuseMixedConnections(() => pool.connect())
  } catch (error) {
    await database.close()
    throw error instanceof CannotOpen ? error : cannotUse(databaseUrl, error)
  }
  return database
}

/** Names the server without the credentials in its address. */
function cannotUse(databaseUrl: string, error: unknown) {
  const reason = error instanceof DatabaseUnavailable ? error.cause : error
  const { hostname, port } = new URL(databaseUrl)
  return new CannotOpen(
    `The database on ${hostname}:${port || 5432} cannot be used (${messageOf(reason)}). Check DATABASE_URL and start again.`,
    { cause: error },
  )
}

/** Where a name has several addresses, the errors of all of them come as one without words. */
function messageOf(reason: unknown): string {
  if (reason instanceof AggregateError && reason.errors.length > 0) return messageOf(reason.errors[0])
  return reason instanceof Error ? reason.message : String(reason)
}
