import type { Duplex } from 'node:stream'
import type pg from 'pg'
import type { Sql } from './database.ts'
import type { FieldSeal } from './field-seal.ts'
import type { StatementNames } from './statements.ts'
import { DatabaseUnavailable } from './unavailable.ts'

export async function ask<Row>(
  connection: pg.ClientBase,
  names: StatementNames,
  text: string,
  params: readonly unknown[] = [],
  answerMs?: number,
): Promise<Row[]> {
  // Without parameters the simple protocol is used: it takes several statements, as migrations need.
  const name = params.length > 0 ? names.of(text) : undefined
  const query = { text, ...(name && { name }), ...(answerMs && { query_timeout: answerMs }) }
  const result = await connection
    .query(params.length > 0 ? { ...query, values: [...params] } : query)
    .catch((error: unknown) => {
      if (isStalePlan(error)) names.renew(text)
      throw error
    })
  // Several statements in one text answer with several results, and nobody reads their rows.
  return Array.isArray(result) ? [] : (result.rows as Row[])
}

/**
 * What `work` asks in its first turn of the event loop leaves in one write, behind BEGIN and, when it waits for nothing,
 * with COMMIT. If that is a single statement it goes alone: it is a transaction of its own. What `work` started but did not
 * wait for ends with it.
 */
export async function transact<T>(
  connection: pg.ClientBase,
  names: StatementNames,
  seal: FieldSeal,
  work: (sql: Sql) => Promise<T>,
  answerMs?: number,
): Promise<T> {
  const first: { send(how: typeof ask): Promise<unknown>; reject(reason: unknown): void }[] = []
  let begun: Promise<unknown> | undefined
  let isOver = false

  const begin = () => {
    gatherWrites(connection)
    begun = connection.query('BEGIN')
    for (const pending of [begun, ...first.map(({ send }) => send(ask))]) pending.catch(() => {})
  }
  process.nextTick(() => {
    if (!isOver) begin()
  })
  const sql: Sql = {
    seal,
    async query<Row>(text: string, params?: readonly unknown[]) {
      if (isOver) throw new Error('This transaction is over: wait for every query in it.')
      const asking = (how: typeof ask) => how<Row>(connection, names, text, params, answerMs)
      const answer = begun
        ? asking(ask)
        : new Promise<Row[]>((resolve, reject) => {
            const send = (how: typeof ask) => {
              const asked = asking(how)
              resolve(asked)
              return asked
            }
            first.push({ send, reject })
          })
      // Who did not wait for it hears of it after the commit has failed, from here alone.
      return answer.catch((error) => Promise.reject(withReason(error)))
    },
  }
  try {
    const value = await work(sql)
    isOver = true
    if (!begun && first.length <= 1) {
      await first[0]?.send(askTwice)
      return value
    }
    if (!begun) begin()
    const [end] = await Promise.all([connection.query('COMMIT'), begun])
    // PostgreSQL answers COMMIT of a failed transaction with ROLLBACK and no error.
    if (end.command !== 'COMMIT')
      throw new Error('A statement of this transaction failed: nothing was stored.')
    return value
  } catch (error) {
    isOver = true
    if (begun) await connection.query('ROLLBACK').catch(() => {})
    else for (const { reject } of first) reject(error)
    throw error
  }
}

/** Whatever is asked in one turn of the event loop leaves in one write. */
function gatherWrites(connection: pg.ClientBase): void {
  const { stream } = (connection as unknown as { connection: { stream: Partial<Duplex> } }).connection
  if (!stream.cork || !stream.uncork) return
  stream.cork()
  process.nextTick(() => stream.uncork?.())
}

/** The plan is older than its table, after a migration by a newer node. The words may be in any language. */
export function isStalePlan(error: unknown): boolean {
  return (
    error instanceof Error &&
    'routine' in error &&
    'code' in error &&
    error.code === '0A000' &&
    error.routine === 'RevalidateCachedQuery'
  )
}

/** A single statement can simply be asked again; in a transaction the whole of it must be. */
export async function askTwice<Row>(...question: Parameters<typeof ask>): Promise<Row[]> {
  try {
    return await ask<Row>(...question)
  } catch (error) {
    if (isStalePlan(error)) return ask<Row>(...question)
    throw error
  }
}

/** Where PostgreSQL opens, extends and writes files; a refusal there has the SQLSTATE of a missing right (EPERM, EROFS). */
const filesOfStorage = new Set([
  'md.c',
  'fd.c',
  'slru.c',
  'xlog.c',
  'xlogutils.c',
  'copydir.c',
  'relmapper.c',
])

/**
 * Errors without an SQLSTATE come from the way to the database, not from the statement. A standby that is not promoted
 * yet may only be read (25006), and a disk may fail (58): both pass, and neither is the
 * statement's fault; nor is a panic, with which a server that cannot write its log ends, nor a file
 * that the server itself may not write to.
 */
export function withReason(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof DatabaseUnavailable) return error
  const code = 'code' in error ? String(error.code) : ''
  const lost =
    /^(ECONN|EPIPE|ETIMEDOUT|EHOST|ENOTFOUND|EAI_|57P0|08|53|58|25006)/.test(code) ||
    ('severity' in error && error.severity === 'PANIC') ||
    (code === '42501' && 'file' in error && filesOfStorage.has(String(error.file))) ||
    /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered)/.test(
      error.message,
    )
  return lost || isStalePlan(error)
    ? new DatabaseUnavailable('The database cannot be reached. Try again in a moment.', { cause: error })
    : error
}
