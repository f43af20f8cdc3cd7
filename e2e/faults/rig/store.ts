import type { Database } from '@parley/server/src/storage/database.ts'
import { openPostgres } from '@parley/server/src/storage/postgres.ts'
import type { ReaderKind } from '@parley/shared/people.ts'
import type { EventType, WireEvent } from '@parley/shared/protocol/events.ts'
import { pino } from 'pino'
import type { StoredEvent } from '../history/history.ts'

export type Heads = Map<string, Record<ReaderKind, number>>

export interface Store {
  heads(): Promise<Heads>
  events(conversationIds: readonly string[]): Promise<StoredEvent[]>
  audit(action: string): Promise<{ action: string; object: string }[]>
  query<Row>(text: string, params?: readonly unknown[]): Promise<Row[]>
  /** Keeps a transaction open that has asked this, for as long as `work` takes. */
  holding<T>(text: string, work: () => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** Looks into the database itself, past every node. */
export async function openStore(databaseUrl: string): Promise<Store> {
  const database = await openPostgres({ databaseUrl, logger: pino({ level: 'silent' }), connections: 2 })
  return {
    query: (text, params) => database.query(text, params),
    holding: (text, work) =>
      database.transaction(async (sql) => {
        await sql.query(`set local idle_in_transaction_session_timeout = 0; ${text}`)
        return work()
      }, 'long'),
    async heads() {
      const rows = await database.query<{
        conversation_id: string
        seq: number
        customer_position: number
        vendor_position: number
      }>('select conversation_id, seq, customer_position, vendor_position from conversations')
      return new Map(
        rows.map((row) => [
          row.conversation_id,
          { staff: row.seq, customer: row.customer_position, vendor: row.vendor_position },
        ]),
      )
    },
    events: (conversationIds) => storedEvents(database, conversationIds),
    audit: (action) => database.query('select action, object from audit where action = $1', [action]),
    close: () => database.close(),
  }
}

/** The log itself, as it lies there. */
export async function storedEvents(
  database: Pick<Database, 'query'>,
  conversationIds: readonly string[],
): Promise<StoredEvent[]> {
  const rows = await database.query<{
    conversation_id: string
    seq: number
    customer_position: number | null
    vendor_position: number | null
    type: EventType
    at: Date
    actor_id: string
    request_id: string | null
    request_part: number
    by: WireEvent['by']
    payload: object
  }>('select * from events where conversation_id = any($1) order by conversation_id, seq', [conversationIds])
  return rows.map((row) => ({
    conversationId: row.conversation_id,
    seq: row.seq,
    positions: { staff: row.seq, customer: row.customer_position, vendor: row.vendor_position },
    type: row.type,
    actorId: row.actor_id,
    requestId: row.request_id,
    requestPart: row.request_part,
    event: {
      conversationId: row.conversation_id,
      position: row.seq,
      type: row.type,
      at: row.at.toISOString(),
      by: row.by,
      payload: row.payload,
      ...(row.request_id === null ? {} : { requestId: row.request_id }),
    } as WireEvent,
  }))
}
