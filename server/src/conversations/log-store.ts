import type { Conversation } from '@parley/shared/conversation/conversation.ts'
import { needOf } from '@parley/shared/conversation/need.ts'
import { roomOf } from '@parley/shared/conversation/room.ts'
import { actorIdOf } from '@parley/shared/people.ts'
import type { Sql } from '../storage/database.ts'
import type { FieldSeal } from '../storage/field-seal.ts'
import type { Held, StoredEvent } from './held.ts'
import type { Committed, Wish } from './log.ts'
import { type EventRow, eventFrom, type HeldRow, heldFrom } from './rows.ts'
import { closeAnswers, closeFingerprint, closePayload } from './sealed-payload.ts'

/** A conversation with the mark of the transaction that wrote its row last. */
export interface Versioned {
  held: Held
  version: string
}

export interface Locked {
  found: Map<string, Versioned>
  /** What was already written for the same requests. */
  repeats: Map<string, StoredEvent[]>
}

export function keyOf(wish: Wish): string {
  return `${wish.conversationId} ${actorIdOf(wish.actor)} ${wish.requestId}`
}

/** Both statements travel together; the second has a fresh snapshot and sees what the earlier holder committed. */
export async function lockAndRead(
  sql: Sql,
  ids: readonly string[],
  wishes: readonly Wish[],
): Promise<Locked> {
  if (ids.length === 0) return { found: new Map(), repeats: new Map() }
  const asked = wishes.filter(({ requestId }) => requestId !== null)
  const [rows, earlier] = await Promise.all([
    sql.query<HeldRow & { version: string }>(
      `select site_id, conversation_id, seq, customer_position, vendor_position, first_assigned_at,
         state || latest as state, xmin::text as version
       from conversations where conversation_id = any($1::text[]) order by conversation_id for update`,
      [ids],
    ),
    asked.length === 0
      ? []
      : sql.query<EventRow>(
          `select e.* from events e
           join unnest($1::text[], $2::text[], $3::text[]) as asked(conversation_id, actor_id, request_id)
             on e.conversation_id = asked.conversation_id and e.actor_id = asked.actor_id
               and e.request_id = asked.request_id
           order by e.conversation_id, e.seq`,
          [
            asked.map(({ conversationId }) => conversationId),
            asked.map(({ actor }) => actorIdOf(actor)),
            asked.map(({ requestId }) => requestId),
          ],
        ),
  ])
  const repeats = new Map<string, StoredEvent[]>()
  for (const row of earlier) {
    const key = `${row.conversation_id} ${row.actor_id} ${row.request_id}`
    repeats.set(key, [...(repeats.get(key) ?? []), eventFrom(sql.seal, row)])
  }
  return {
    found: new Map(
      rows.map((row) => [row.conversation_id, { held: heldFrom(sql.seal, row), version: row.version }]),
    ),
    repeats,
  }
}

/** One conversation's part of a transaction, with the version it was decided on: null when it is created here. */
export interface Part extends Committed {
  version: string | null
}

/**
 * Writes events and what the conversations are after them, where the row is still the one that was decided on, and answers
 * the new version of each that was written. The update takes the row's lock before it compares. All statements set out
 * before the first is answered.
 */
export async function writeParts(sql: Sql, parts: readonly Part[]): Promise<Map<string, string>> {
  const created = parts.filter(({ version }) => version === null)
  const light = parts.filter(isLight)
  const heavy = parts.filter((part) => !isLight(part))
  const [, ...written] = await Promise.all([
    created.length === 0 ? [] : create(sql, created),
    light.length === 0 ? [] : write(sql, lightUpdate, light, lightRowOf),
    heavy.length === 0 ? [] : write(sql, heavyUpdate, heavy, (part) => heavyRowOf(sql.seal, part)),
  ])
  return new Map(written.flat().map((row) => [row.conversation_id, row.version]))
}

function create(sql: Sql, parts: readonly Part[]): Promise<unknown[]> {
  return sql.query(
    `insert into conversations (site_id, conversation_id, contact_id, queue_id, status, seq, customer_position,
       vendor_position, started_at, updated_at, customer_at, vendor_at, state)
     select site_id, conversation_id, contact_id, queue_id, 'waiting', 0, 0, 0, started_at, started_at, started_at,
       started_at, '{}'
     from json_to_recordset($1::json) as c(site_id text, conversation_id text, contact_id text, queue_id text,
       started_at timestamptz)`,
    [JSON.stringify(parts.map((part) => heavyRowOf(sql.seal, part)))],
  )
}

const lightColumns = `conversation_id text, version text, seq int, customer_position int, vendor_position int,
  updated_at timestamptz, customer_at timestamptz, vendor_at timestamptz, waiting_since timestamptz, latest jsonb`
const lightChanges = `seq = n.seq, customer_position = n.customer_position, vendor_position = n.vendor_position,
  updated_at = coalesce(n.updated_at, c.updated_at), customer_at = coalesce(n.customer_at, c.customer_at),
  vendor_at = coalesce(n.vendor_at, c.vendor_at), waiting_since = n.waiting_since, latest = n.latest`

const lightUpdate = updateOf(lightColumns, lightChanges)
const heavyUpdate = updateOf(
  `${lightColumns}, contact_id text, vendor_id text, queue_id text, assignee_id text, offered_to text, status text,
   topic_id text, first_assigned_at timestamptz, closed_at timestamptz, rating int, need int, room_members text[],
   state jsonb`,
  `${lightChanges}, contact_id = n.contact_id, vendor_id = n.vendor_id, queue_id = n.queue_id,
   assignee_id = n.assignee_id, offered_to = n.offered_to, status = n.status, topic_id = n.topic_id,
   first_assigned_at = n.first_assigned_at, closed_at = n.closed_at, rating = n.rating, need = n.need,
   room_members = n.room_members, state = n.state`,
)

// In order of their ids, so that nodes which write the same conversations seldom wait for each other.
function updateOf(columns: string, changes: string): string {
  return `with moved as (
      update conversations c set ${changes}
      from (select * from json_to_recordset($1::json) as r(${columns}) order by conversation_id) n
      where c.conversation_id = n.conversation_id and (n.version is null or c.xmin = n.version::xid)
      returning c.conversation_id, c.xmin::text as version),
    written as (
      insert into events (site_id, conversation_id, seq, customer_position, vendor_position, type, at, actor_id,
        request_id, request_part, fingerprint, by, payload)
      select site_id, e.conversation_id, seq, customer_position, vendor_position, type, at, actor_id,
        request_id, request_part, fingerprint, by, payload
      from json_to_recordset($2::json) as e(site_id text, conversation_id text, seq int, customer_position int,
        vendor_position int, type text, at timestamptz, actor_id text, request_id text, request_part int,
        fingerprint text, by jsonb, payload jsonb)
      join moved on moved.conversation_id = e.conversation_id)
    select conversation_id, version from moved`
}

function write(sql: Sql, text: string, parts: readonly Part[], row: (part: Part) => object) {
  return sql.query<{ conversation_id: string; version: string }>(text, [
    JSON.stringify(parts.map(row)),
    JSON.stringify(parts.flatMap(({ events }) => events.map((event) => eventRow(sql.seal, event)))),
  ])
}

/** What messages change in the fold is kept apart from the rest, which is larger and seldom changes. */
function latestOf({ lastMessage, waitingSince, unanswered }: Conversation) {
  return { lastMessage, waitingSince, unanswered }
}
const inLatest = new Set([
  'lastMessage',
  'waitingSince',
  'unanswered',
] satisfies (keyof Conversation)[] as string[])

/** Folding keeps what an event does not touch, so identity tells that only the latest has changed. */
function isLight({ before, held }: Part): boolean {
  if (before === null) return false
  const names = Object.keys(held.conversation) as (keyof Conversation)[]
  return names.every((name) => before.conversation[name] === held.conversation[name] || inLatest.has(name))
}

function eventRow(seal: FieldSeal, event: StoredEvent): object {
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
    fingerprint:
      event.requestPart === 0 ? closeFingerprint(seal, event, event.type, event.fingerprint) : null,
    by: event.by,
    payload: closePayload(seal, event, event.type, event.payload),
  }
}

function lightRowOf({ held, events, version }: Part): object {
  const { conversation, heads } = held
  // That somebody is nobody any more moves no conversation to the top of a list.
  const moving = events.filter(({ type }) => type !== 'memberErased')
  return {
    conversation_id: conversation.conversationId,
    version,
    seq: heads.staff,
    customer_position: heads.customer,
    vendor_position: heads.vendor,
    updated_at: moving.at(-1)?.at,
    customer_at: moving.findLast(({ positions }) => positions.customer !== null)?.at,
    vendor_at: moving.findLast(({ positions }) => positions.vendor !== null)?.at,
    waiting_since: conversation.waitingSince,
    latest: latestOf(conversation),
  }
}

function heavyRowOf(seal: FieldSeal, part: Part): object {
  const { conversation, siteId, firstAssignedAt } = part.held
  const place = { siteId, conversationId: conversation.conversationId }
  const room = roomOf(conversation)
  return {
    ...lightRowOf(part),
    site_id: siteId,
    contact_id: room ? null : conversation.customer.contactId,
    vendor_id: conversation.with.kind === 'vendor' ? conversation.with.vendorId : null,
    queue_id: room ? null : conversation.queue.id,
    assignee_id: conversation.assignee?.memberId ?? null,
    offered_to: conversation.offer?.to.memberId ?? null,
    status: conversation.status,
    topic_id: conversation.topic?.id ?? null,
    started_at: conversation.startedAt,
    first_assigned_at: firstAssignedAt,
    closed_at: conversation.closedAt,
    rating: conversation.rating?.stars ?? null,
    need: needOf(conversation),
    room_members: room?.members.map(({ id }) => id) ?? null,
    state: { ...conversation, answers: closeAnswers(seal, place, conversation.answers) },
  }
}
