import { verifyChain } from '@parley/server/src/audit/verify-chain.ts'
import { marlow } from '@parley/server/src/demo/cast.ts'
import type { Database, Sql } from '@parley/server/src/storage/database.ts'
import { openPostgres } from '@parley/server/src/storage/postgres.ts'
import type { ReaderKind } from '@parley/shared/people.ts'
import type { EventType, WireEvent } from '@parley/shared/protocol/events.ts'
import { pino } from 'pino'
import type { AuditRow, History, StoredEvent } from '../history/history.ts'
import { privilegedActions } from './privileged.ts'

export type Heads = Map<string, Record<ReaderKind, number>>

export type Kept = Pick<History, 'stored' | 'audit' | 'chainFaults'>

export interface Store {
  heads(): Promise<Heads>
  /** The log of these conversations, and what privileged acts since then have left. */
  read(conversationIds: readonly string[], since: Date): Promise<Kept>
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
    read: (conversationIds, since) => readKept(database, conversationIds, since),
    close: () => database.close(),
  }
}

export async function readKept(
  database: Sql,
  conversationIds: readonly string[],
  since: Date,
): Promise<Kept> {
  const audit = await database.query<AuditRow>(
    `select action, request_id as "requestId" from audit
     where action = any($1) and at >= $2 and request_id is not null`,
    [privilegedActions, since],
  )
  const { fault } = await verifyChain(database, marlow.siteId)
  return {
    stored: await storedEvents(database, conversationIds),
    audit,
    chainFaults: fault === null ? [] : [fault],
  }
}

/** The log itself, as it lies there. */
async function storedEvents(
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
