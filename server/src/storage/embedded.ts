import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import type { Logger } from 'pino'
import { whyClosed } from './closed-folder.ts'
import { ask, askTwice, transact, withReason } from './connection.ts'
import { copyTree } from './copy-tree.ts'
import type { Database, Patience, Sql } from './database.ts'
import { compiledEngine } from './embedded-engine.ts'
import { EmbeddedSocket } from './embedded-socket.ts'
import { type FieldSeal, withoutKey } from './field-seal.ts'
import { lockFolder } from './lock.ts'
import { statementNames } from './statements.ts'
import { createTurns } from './turns.ts'
import { CannotOpen, DatabaseUnavailable } from './unavailable.ts'
import { values } from './values.ts'

export type EmbeddedOptions = {
  dataDir: string
  logger: Logger
  seal?: FieldSeal
  buffersMb?: number
  statementDeadlineMs?: number
  idleInTransactionMs?: number
}

/**
 * The engine fills them with zeros before it first answers. Its own 128 MB make each start 0.25 s longer and no list or search
 * of 100,000 conversations quicker; with 32 MB searches take half as long again.
 */
const BUFFERS_MB = 64
/** Enough for a burst; beyond it waiting costs more than asking again. */
const MOST_WAITING = 5_000
/** The engine has no checkpointer of its own: without one its write-ahead log only grows. */
const CHECKPOINT_BYTES = 64 * 1024 * 1024
const CHECKPOINT_LOOK_MS = 30_000
const LONG_DEADLINE_MS = 600_000
const CLOSE_DEADLINE_MS = 10_000
/** Each try to open takes seconds of a processor; who asks meanwhile is told at once. */
const REOPEN_AFTER_MS = 2_000

type Link = { client: pg.Client; socket: EmbeddedSocket; lost: boolean }

export async function openEmbedded(options: EmbeddedOptions): Promise<Database> {
  const {
    dataDir,
    logger,
    seal = withoutKey,
    buffersMb = BUFFERS_MB,
    statementDeadlineMs = 30_000,
    idleInTransactionMs = 10_000,
  } = options
  const lock = await lockFolder(dataDir, { logger })
  const closedBecause = await whyClosed(dataDir)
  if (closedBecause !== undefined) {
    await lock.release()
    throw new CannotOpen(closedBecause)
  }
  const folder = join(dataDir, 'postgres')
  await mkdir(folder, { recursive: true, mode: 0o700 })

  const names = statementNames()
  const turns = createTurns(MOST_WAITING)
  let link: Promise<Link> | undefined
  let before: EmbeddedSocket | undefined
  let failedAt = Number.NEGATIVE_INFINITY
  let closed = false

  function connected(): Promise<Link> {
    if (closed) return Promise.reject(new DatabaseUnavailable('The database is closed.'))
    if (!link && performance.now() - failedAt < REOPEN_AFTER_MS)
      return Promise.reject(new DatabaseUnavailable('The embedded database could not be opened just now.'))
    if (link) return link
    // The end of an engine is told more than once, and late: it must not put an end to the one after it.
    const opening = connect(() => {
      if (!closed && link === opening) link = undefined
    })
    link = opening
    return opening
  }

  async function connect(ended: () => void): Promise<Link> {
    // Two threads on one folder would destroy it, so the old one must be gone first.
    await before?.destroy()
    const engine = await compiledEngine()
    const socket = new EmbeddedSocket({ folder, buffersMb, engine }, statementDeadlineMs)
    before = socket
    const client = new pg.Client({
      stream: () => socket as never,
      pipeline: true,
      user: 'postgres',
      database: 'postgres',
      types: values,
    } as pg.ClientConfig)
    const fresh: Link = { client, socket, lost: false }
    const forget = () => {
      fresh.lost = true
      ended()
    }
    client.on('error', (error) => {
      forget()
      if (!closed) logger.error({ err: error }, 'The embedded database stopped and will be started again.')
    })
    socket.once('close', forget)
    try {
      await client.connect()
    } catch (error) {
      forget()
      failedAt = performance.now()
      await socket.destroy()
      throw new DatabaseUnavailable(
        `The embedded database in ${folder} cannot be opened. Do not delete it: keep a copy of the folder and restore a backup.`,
        { cause: error },
      )
    }
    return fresh
  }

  async function onLink<T>(use: (link: Link) => Promise<T>): Promise<T> {
    const current = await connected()
    try {
      return await use(current)
    } catch (error) {
      if (!current.lost) throw withReason(error)
      throw error instanceof DatabaseUnavailable
        ? error
        : new DatabaseUnavailable('The embedded database stopped in the middle of this. Try again.', {
            cause: error,
          })
    }
  }

  async function runTransaction<T>(work: (sql: Sql) => Promise<T>, patience?: Patience): Promise<T> {
    return onLink(async ({ client, socket }) => {
      if (patience === 'long') socket.deadlineMs = LONG_DEADLINE_MS
      let giveUp: (error: Error) => void = () => {}
      const abandoned = new Promise<never>((_, reject) => {
        giveUp = reject
      })
      const idle = setInterval(() => {
        if (socket.quietMs() < idleInTransactionMs) return
        giveUp(
          Object.assign(new Error('A transaction was left open without work and has been rolled back.'), {
            code: '25P03',
          }),
        )
      }, idleInTransactionMs / 4)
      try {
        return await transact(client, names, seal, (sql) => Promise.race([work(sql), abandoned]))
      } finally {
        clearInterval(idle)
        socket.deadlineMs = statementDeadlineMs
      }
    })
  }

  // After a checkpoint, and with nobody asking anything, what lies on the disk is a whole database.
  async function copyFolder<T>(to: string, read: (sql: Sql) => Promise<T>): Promise<T> {
    return onLink(async ({ client }) => {
      const found = await read({ seal, query: (text, params) => ask(client, names, text, params) })
      await client.query('CHECKPOINT')
      await copyTree(folder, to, (name) => name !== 'postmaster.pid')
      return found
    })
  }

  const database: Database = {
    engine: 'embedded',
    seal,
    query: <Row>(text: string, params?: readonly unknown[]) =>
      turns.shared(() => onLink(({ client }) => askTwice<Row>(client, names, text, params))),
    transaction: (work, patience) => turns.alone(() => runTransaction(work, patience)),
    load: () => ({
      used: turns.isTaken ? 1 : 0,
      idle: turns.isTaken ? 0 : 1,
      waiting: turns.waiting,
    }),
    copyTo: (to, read) => turns.alone(() => copyFolder(to, read)),
    async close() {
      if (closed) return
      await turns.alone(async () => {
        clearInterval(checkpointing)
        const current = await link?.catch(() => undefined)
        closed = true
        if (current && !current.lost) {
          await current.client.query('CHECKPOINT').catch(() => {})
          await closeWithin(current, CLOSE_DEADLINE_MS)
        }
      })
      await lock.release()
    },
  }

  let checkpointedAt = 0
  const checkpointing = setInterval(() => {
    checkpoint().catch((error) =>
      logger.warn({ err: error }, 'The embedded database could not tidy its log.'),
    )
  }, CHECKPOINT_LOOK_MS)
  checkpointing.unref()

  async function checkpoint() {
    if (closed) return
    const [log] = await database.query<{ at: number }>(
      `select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') as at`,
    )
    const at = log?.at ?? 0
    if (checkpointedAt > 0 && at - checkpointedAt > CHECKPOINT_BYTES) await database.query('CHECKPOINT')
    else if (checkpointedAt > 0) return
    checkpointedAt = at
  }

  try {
    await connected()
    await checkpoint()
  } catch (error) {
    clearInterval(checkpointing)
    await lock.release()
    throw error instanceof DatabaseUnavailable ? new CannotOpen(error.message, { cause: error.cause }) : error
  }
  return database
}

async function closeWithin({ client, socket }: Link, ms: number) {
  const late = setTimeout(() => void socket.destroy(), ms)
  await client.end().catch(() => {})
  await socket.destroy()
  clearTimeout(late)
}
