import { createHash } from 'node:crypto'
import { evolve } from '@parley/shared/conversation/conversation.ts'
import { type Actor, actorIdOf, authorOf, type ReaderKind } from '@parley/shared/people.ts'
import { type NewEvent, readerKindsOf } from '@parley/shared/protocol/events.ts'
import { Refused } from '../app/refused.ts'
import type { Clock } from '../clock.ts'
import type { Database, Sql } from '../storage/database.ts'
import type { Held, StoredEvent } from './held.ts'
import { type EventRow, eventFrom, type HeldRow, heldFrom } from './rows.ts'

/** One request to write to one conversation. */
export interface Wish {
  actor: Actor
  conversationId: string
  /** Null for what only the system asks, which repeats safely by its own rules. */
  requestId: string | null
  /** What was asked, in a stable form: the same requestId with another content is a conflict. */
  content: unknown
  /** Runs under the conversation's lock and must be pure; throws Refused for a no. `held` is null before the first event. */
  decide(held: Held | null, now: Date): readonly NewEvent[]
}

/** What the log says of a wish: the conversation after it, and the events of this request. */
export interface Written {
  held: Held
  events: readonly StoredEvent[]
  isRepeat: boolean
}

/** One conversation's part of a commit. */
export interface Committed {
  before: Held | null
  held: Held
  events: readonly StoredEvent[]
}

/** Work that must commit together with the events: job rows, file rows. */
export type Companion = (sql: Sql, commits: readonly Committed[]) => Promise<void>

export interface Log {
  append(wish: Wish): Promise<Written>
  /** After the commit, in commit order; hints only, whoever must miss nothing reads the log or is a companion. */
  onCommitted(listener: (commits: readonly Committed[]) => void): void
  /** Resolves when everything appended so far has been answered. */
  drain(): Promise<void>
}

/** Larger batches only add latency: past this size a batch's cost grows with its rows. */
const batchSize = 256
/** Past this many waiting wishes the honest answer is “busy”, at once. */
const longestQueue = 4_000
const patienceMs = 3_000
const uniqueViolation = '23505'

interface Entry {
  wish: Wish
  at: number
  resolve(written: Written): void
  reject(reason: unknown): void
}

interface Decided {
  entry: Entry
  written: Written
}

export function createLog(options: {
  database: Database
  clock: Clock
  companions: readonly Companion[]
  /** A fault while committing that is nobody's refusal. */
  onFault: (error: unknown) => void
}): Log {
  const { database, clock, companions } = options
  const listeners: ((commits: readonly Committed[]) => void)[] = []
  let queue: Entry[] = []
  let running: Promise<void> | null = null

  async function run(): Promise<void> {
    while (queue.length > 0) {
      const batch = queue.splice(0, batchSize)
      await commit(expire(batch))
    }
    running = null
  }

  function expire(batch: Entry[]): Entry[] {
    const now = performance.now()
    return batch.filter((entry) => {
      if (now - entry.at < patienceMs) return true
      entry.reject(new Refused('unavailable', 'busy', { retryAfterMs: 1_000 }))
      return false
    })
  }

  async function commit(batch: Entry[]): Promise<void> {
    if (batch.length === 0) return
    try {
      const { decided, commits } = await database.transaction((sql) => write(sql, batch))
      if (commits.length > 0) for (const listener of listeners) listener(commits)
      for (const { entry, written } of decided) entry.resolve(written)
    } catch (error) {
      // Another node wrote the same request or conversation first: now it can be seen.
      const isRace = (error as { code?: string }).code === uniqueViolation
      if (batch.length > 1 || isRace) await commitSingly(batch, isRace)
      else fail(batch, error)
    }
  }

  // One bad wish must not take the others of its batch with it.
  async function commitSingly(batch: Entry[], isRace: boolean): Promise<void> {
    for (const entry of batch) {
      try {
        const { decided, commits } = await database.transaction((sql) => write(sql, [entry]))
        if (commits.length > 0) for (const listener of listeners) listener(commits)
        for (const { written } of decided) entry.resolve(written)
      } catch (error) {
        if (!isRace && isOutage(error)) return fail(batch, error)
        fail([entry], error)
      }
    }
  }

  function fail(entries: Entry[], error: unknown): void {
    if (error instanceof Refused) {
      for (const entry of entries) entry.reject(error)
      return
    }
    options.onFault(error)
    // Whether it was stored is unknown: the client asks again with the same requestId.
    const refused = isOutage(error) ? new Refused('unavailable', 'storage', { retryAfterMs: 1_000 }) : error
    for (const entry of entries) entry.reject(refused)
  }

  async function write(sql: Sql, batch: Entry[]): Promise<{ decided: Decided[]; commits: Committed[] }> {
    const ids = [...new Set(batch.map((entry) => entry.wish.conversationId))].sort()
    const { before, repeats } = await lockAndRead(sql, ids, batch)
    const after = new Map(before)
    const events = new Map<string, StoredEvent[]>()
    const decided: Decided[] = []
    const now = clock.now()

    for (const entry of batch) {
      const { wish } = entry
      try {
        const held = after.get(wish.conversationId) ?? null
        const repeat = findRepeat(wish, repeats)
        if (repeat && held) {
          decided.push({ entry, written: { held, events: repeat, isRepeat: true } })
          continue
        }
        const numbered = number(wish, held, wish.decide(held, now), now)
        if (!numbered.held) throw new Refused('notFound')
        after.set(wish.conversationId, numbered.held)
        if (numbered.events.length > 0) {
          events.set(wish.conversationId, [...(events.get(wish.conversationId) ?? []), ...numbered.events])
          if (wish.requestId !== null) repeats.set(keyOf(wish), [...numbered.events])
        }
        decided.push({ entry, written: { held: numbered.held, events: numbered.events, isRepeat: false } })
      } catch (error) {
        if (!(error instanceof Refused)) options.onFault(error)
        entry.reject(error)
      }
    }

    const commits: Committed[] = []
    for (const [conversationId, written] of events) {
      const held = after.get(conversationId)
      if (held) commits.push({ before: before.get(conversationId) ?? null, held, events: written })
    }
    if (commits.length > 0) {
      await insert(sql, commits)
      for (const companion of companions) await companion(sql, commits)
    }
    return { decided, commits }
  }

  return {
    append(wish) {
      if (queue.length >= longestQueue)
        return Promise.reject(new Refused('unavailable', 'busy', { retryAfterMs: 2_000 }))
      return new Promise((resolve, reject) => {
        queue.push({ wish, at: performance.now(), resolve, reject })
        // Whatever else arrives in this turn of the event loop shares the transaction.
        running ??= new Promise<void>((next) => setImmediate(next)).then(run)
      })
    },
    onCommitted(listener) {
      listeners.push(listener)
    },
    async drain() {
      while (running) await running
      queue = []
    },
  }
}

function keyOf(wish: Wish): string {
  return `${wish.conversationId} ${actorIdOf(wish.actor)} ${wish.requestId}`
}

function fingerprintOf(wish: Wish): string {
  return createHash('sha256').update(JSON.stringify(wish.content)).digest('base64url').slice(0, 22)
}

function findRepeat(wish: Wish, repeats: Map<string, StoredEvent[]>): StoredEvent[] | undefined {
  if (wish.requestId === null) return undefined
  const events = repeats.get(keyOf(wish))
  if (events && events[0]?.fingerprint !== fingerprintOf(wish))
    throw new Refused('conflict', 'request.otherContent')
  return events
}

/** Gives each new event its positions and folds it; positions are dense because the row is locked. */
function number(
  wish: Wish,
  held: Held | null,
  fresh: readonly NewEvent[],
  now: Date,
): { held: Held | null; events: StoredEvent[] } {
  const by = authorOf(wish.actor)
  const siteId = held?.siteId ?? wish.actor.siteId
  const at = now.toISOString()
  const fingerprint = wish.requestId === null ? null : fingerprintOf(wish)
  let next = held
  const events = fresh.map((event, requestPart) => {
    const heads = { ...(next?.heads ?? { customer: 0, vendor: 0, staff: 0 }) }
    const positions: Record<ReaderKind, number | null> = { customer: null, vendor: null, staff: null }
    for (const reader of readerKindsOf(event.type)) {
      heads[reader] += 1
      positions[reader] = heads[reader]
    }
    const stored = {
      siteId,
      conversationId: wish.conversationId,
      positions,
      ...event,
      at,
      by,
      actorId: actorIdOf(wish.actor),
      requestId: wish.requestId,
      requestPart,
      fingerprint,
    } as StoredEvent
    next = {
      siteId,
      conversation: evolve(next?.conversation ?? null, stored),
      heads,
      firstAssignedAt: next?.firstAssignedAt ?? (event.type === 'assigned' ? at : null),
    }
    return stored
  })
  return { held: next, events }
}

async function lockAndRead(
  sql: Sql,
  ids: readonly string[],
  batch: readonly Entry[],
): Promise<{ before: Map<string, Held>; repeats: Map<string, StoredEvent[]> }> {
  const rows = await sql.query<HeldRow>(
    `select site_id, conversation_id, seq, customer_position, vendor_position, first_assigned_at, state
     from conversations where conversation_id = any($1::text[]) order by conversation_id for update`,
    [ids],
  )
  const before = new Map(rows.map((row) => [row.conversation_id, heldFrom(row)]))
  const asked = batch.filter(({ wish }) => wish.requestId !== null && before.has(wish.conversationId))
  const repeats = new Map<string, StoredEvent[]>()
  if (asked.length === 0) return { before, repeats }
  // After the lock and in its own statement: a fresh snapshot sees what the earlier holder committed.
  const earlier = await sql.query<EventRow>(
    `select e.* from events e
     join unnest($1::text[], $2::text[], $3::text[]) as asked(conversation_id, actor_id, request_id)
       on e.conversation_id = asked.conversation_id and e.actor_id = asked.actor_id and e.request_id = asked.request_id
     order by e.conversation_id, e.seq`,
    [
      asked.map(({ wish }) => wish.conversationId),
      asked.map(({ wish }) => actorIdOf(wish.actor)),
      asked.map(({ wish }) => wish.requestId),
    ],
  )
  for (const row of earlier) {
    const key = `${row.conversation_id} ${row.actor_id} ${row.request_id}`
    repeats.set(key, [...(repeats.get(key) ?? []), eventFrom(row)])
  }
  return { before, repeats }
}

async function insert(sql: Sql, commits: readonly Committed[]): Promise<void> {
  const created = commits
    .filter((commit) => commit.before === null)
    .map((commit) => conversationRow(commit.held))
  if (created.length > 0)
    await sql.query(
      `insert into conversations (site_id, conversation_id, contact_id, queue_id, status, seq, customer_position,
         vendor_position, started_at, updated_at, state)
       select site_id, conversation_id, contact_id, queue_id, 'waiting', 0, 0, 0, started_at, updated_at, state
       from json_to_recordset($1::json) as c(site_id text, conversation_id text, contact_id text, queue_id text,
         started_at timestamptz, updated_at timestamptz, state jsonb)`,
      [JSON.stringify(created)],
    )
  await sql.query(
    `with written as (
       insert into events (site_id, conversation_id, seq, customer_position, vendor_position, type, at, actor_id,
         request_id, request_part, fingerprint, by, payload)
       select site_id, conversation_id, seq, customer_position, vendor_position, type, at, actor_id,
         request_id, request_part, fingerprint, by, payload
       from json_to_recordset($1::json) as e(site_id text, conversation_id text, seq int, customer_position int,
         vendor_position int, type text, at timestamptz, actor_id text, request_id text, request_part int,
         fingerprint text, by jsonb, payload jsonb))
     update conversations c set contact_id = n.contact_id, vendor_id = n.vendor_id, queue_id = n.queue_id,
       assignee_id = n.assignee_id, offered_to = n.offered_to, status = n.status, topic_id = n.topic_id, seq = n.seq,
       customer_position = n.customer_position, vendor_position = n.vendor_position, updated_at = n.updated_at,
       waiting_since = n.waiting_since, first_assigned_at = n.first_assigned_at, closed_at = n.closed_at,
       rating = n.rating, state = n.state
     from json_to_recordset($2::json) as n(conversation_id text, contact_id text, vendor_id text, queue_id text,
       assignee_id text, offered_to text, status text, topic_id text, seq int, customer_position int,
       vendor_position int, updated_at timestamptz, waiting_since timestamptz, first_assigned_at timestamptz,
       closed_at timestamptz, rating int, state jsonb)
     where c.conversation_id = n.conversation_id`,
    [
      JSON.stringify(commits.flatMap((commit) => commit.events.map(eventRow))),
      JSON.stringify(commits.map((commit) => conversationRow(commit.held, commit.events.at(-1)?.at))),
    ],
  )
}

function eventRow(event: StoredEvent): object {
  return {
    site_id: event.siteId,
    conversation_id: event.conversationId,
    seq: event.positions.staff,
    customer_position: event.positions.customer,
    vendor_position: event.positions.vendor,
    type: event.type,
    at: event.at,
    actor_id: event.actorId,
    request_id: event.requestId,
    request_part: event.requestPart,
    fingerprint: event.requestPart === 0 ? event.fingerprint : null,
    by: event.by,
    payload: event.payload,
  }
}

function conversationRow(held: Held, updatedAt?: string): object {
  const { conversation, heads } = held
  return {
    site_id: held.siteId,
    conversation_id: conversation.conversationId,
    contact_id: conversation.customer.contactId,
    vendor_id: conversation.with.kind === 'vendor' ? conversation.with.vendorId : null,
    queue_id: conversation.queue.id,
    assignee_id: conversation.assignee?.memberId ?? null,
    offered_to: conversation.offer?.to.memberId ?? null,
    status: conversation.status,
    topic_id: conversation.topic?.id ?? null,
    seq: heads.staff,
    customer_position: heads.customer,
    vendor_position: heads.vendor,
    started_at: conversation.startedAt,
    updated_at: updatedAt ?? conversation.startedAt,
    waiting_since: conversation.waitingSince,
    first_assigned_at: held.firstAssignedAt,
    closed_at: conversation.closedAt,
    rating: conversation.rating?.stars ?? null,
    state: conversation,
  }
}

// Connection lost, starting up, shutting down, too many clients, a timeout of the storage itself.
function isOutage(error: unknown): boolean {
  const code = (error as { code?: string }).code ?? ''
  return (
    /^(08|53|57|55P03|40)/.test(code) ||
    ['unavailable', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOSPC'].includes(code)
  )
}
