import { AsyncLocalStorage } from 'node:async_hooks'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'
import type { Database, Patience, Sql } from '../storage/database.ts'

export interface Recorder {
  /** What was sent to the database for this work, in its order, whatever else is under way. */
  during<Value>(work: () => Promise<Value>): Promise<{ value: Value; statements: string[] }>
  /** The same of a request over HTTP that carries these headers. */
  duringRequest<Value>(
    work: (headers: Record<string, string>) => Promise<Value>,
  ): Promise<{ value: Value; statements: string[] }>
  stop(): void
}

const header = 'x-recorded-as'
const begun = 'http.server.request.start'

/** Listens at the database of a test and sends everything on as it came. */
export function recordStatements(database: Database): Recorder {
  const current = new AsyncLocalStorage<string[] | undefined>()
  const byRequest = new Map<string, string[]>()
  let count = 0

  const note = (text: string) => current.getStore()?.push(text)
  const recording = (sql: Sql): Sql => ({
    ...sql,
    query<Row>(text: string, params?: readonly unknown[]) {
      note(text)
      return sql.query<Row>(text, params)
    },
  })
  const { seal, query, transaction } = database
  Object.assign(database, {
    ...recording({ seal, query }),
    async transaction<Value>(work: (sql: Sql) => Promise<Value>, patience?: Patience) {
      note('begin')
      try {
        const value = await transaction((sql) => work(recording(sql)), patience)
        note('commit')
        return value
      } catch (error) {
        note('rollback')
        throw error
      }
    },
  })

  // Every request gets a record or none: what comes next on the same connection must not go on with this one’s.
  const begin = (message: unknown) => {
    const { request } = message as { request: IncomingMessage }
    current.enterWith(byRequest.get(String(request.headers[header])))
  }
  subscribe(begun, begin)

  return {
    async during(work) {
      const statements: string[] = []
      return { value: await current.run(statements, work), statements }
    },
    async duringRequest(work) {
      count += 1
      const name = `recorded-${count}`
      const statements: string[] = []
      byRequest.set(name, statements)
      const value = await work({ [header]: name })
      byRequest.delete(name)
      return { value, statements }
    },
    stop() {
      unsubscribe(begun, begin)
      Object.assign(database, { query, transaction })
    },
  }
}
