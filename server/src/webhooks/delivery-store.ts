import type { Author } from '@parley/shared/people.ts'
import type { EventType } from '@parley/shared/protocol/events.ts'
import type { Delivery, DeliveryState, DeliveryTry } from '@parley/shared/protocol/webhooks.ts'
import type { Sql } from '../storage/database.ts'
import type { ToTell } from './body.ts'
import type { WebhookRow } from './store.ts'

export interface NewEventToTell {
  siteId: string
  conversationId: string
  seq: number
  type: string
}

/**
 * One row per event and webhook that waits for its type. The id follows from both, so that whatever is repeated, the
 * receiver knows it again.
 */
export async function insertDeliveries(
  sql: Sql,
  events: readonly NewEventToTell[],
  now: Date,
): Promise<void> {
  await sql.query(
    `insert into webhook_deliveries (site_id, delivery_id, webhook_id, type, conversation_id, seq, created_at, state, due_at)
     select w.site_id, 'dlv_' || substr(encode(sha256(convert_to(
         w.webhook_id || ' ' || n.conversation_id || ' ' || n.seq, 'UTF8')), 'hex'), 1, 32),
       w.webhook_id, n.type, n.conversation_id, n.seq, $2::timestamptz, 'waiting', $2::timestamptz
     from json_to_recordset($1::json) as n(site_id text, conversation_id text, seq int, type text, place int)
     join webhooks w on w.site_id = n.site_id and n.type = any(w.event_types) and w.state in ('on', 'failing')
     order by n.place, w.webhook_id
     on conflict do nothing`,
    [
      JSON.stringify(
        events.map(({ siteId, conversationId, seq, type }, place) => ({
          site_id: siteId,
          conversation_id: conversationId,
          seq,
          type,
          place,
        })),
      ),
      now,
    ],
  )
}

export async function insertTest(
  sql: Sql,
  row: { siteId: string; deliveryId: string; webhookId: string },
  now: Date,
): Promise<void> {
  await sql.query(
    `insert into webhook_deliveries (site_id, delivery_id, webhook_id, type, created_at, state, due_at)
     values ($1, $2, $3, 'webhookTested', $4, 'waiting', $4)`,
    [row.siteId, row.deliveryId, row.webhookId, now],
  )
}

export interface Claimed {
  delivery_id: string
  webhook_id: string
  type: Delivery['type']
  conversation_id: string | null
  seq: number | null
  created_at: Date
  round: number
  tries: DeliveryTry[]
}

/**
 * What is due, a few of each webhook, for this node alone until then. A test goes out whatever the state: it is there
 * to find out.
 */
export async function claimDeliveries(
  sql: Sql,
  now: Date,
  wish: { until: Date; busy: readonly string[]; ofEach: number; atMost: number },
): Promise<Claimed[]> {
  return sql.query<Claimed>(
    `update webhook_deliveries set locked_until = $2 where delivery_id in (
       select d.delivery_id from webhooks w cross join lateral (
         select delivery_id from webhook_deliveries
         where webhook_id = w.webhook_id and state = 'waiting' and due_at <= $1
           and (locked_until is null or locked_until <= $1) and (w.state = 'on' or type = 'webhookTested')
         order by due_at, number limit $4 for update skip locked) d
       where w.webhook_id <> all($3::text[]) limit $5)
     returning delivery_id, webhook_id, type, conversation_id, seq, created_at, round, tries`,
    [now, wish.until, wish.busy, wish.ofEach, wish.atMost],
  )
}

export async function webhookById(sql: Sql, webhookId: string): Promise<WebhookRow | undefined> {
  const [row] = await sql.query<WebhookRow>('select * from webhooks where webhook_id = $1', [webhookId])
  return row
}

/** As the log holds it now: what was redacted or erased meanwhile does not leave. */
export async function findToTell(sql: Sql, conversationId: string, seq: number): Promise<ToTell | undefined> {
  const [row] = await sql.query<{
    site_id: string
    type: EventType
    at: Date
    by: Author
    payload: Record<string, unknown>
    contact_id: string
    sub: string | null
  }>(
    `select e.site_id, e.type, e.at, e.by, e.payload, c.contact_id, p.sub
     from events e join conversations c on c.conversation_id = e.conversation_id
     left join contacts p on p.site_id = c.site_id and p.contact_id = c.contact_id
     where e.conversation_id = $1 and e.seq = $2`,
    [conversationId, seq],
  )
  return (
    row && {
      siteId: row.site_id,
      conversationId,
      position: seq,
      type: row.type,
      at: row.at,
      by: row.by,
      payload: row.payload,
      contactId: row.contact_id,
      externalId: row.sub,
    }
  )
}

/** What became of a try. */
export async function noteTry(
  sql: Sql,
  deliveryId: string,
  after: { state: DeliveryState; dueAt: Date; round: number; tries: readonly DeliveryTry[] },
): Promise<void> {
  await sql.query(
    `update webhook_deliveries set state = $2, due_at = $3, round = $4, tries = $5::jsonb, locked_until = null
     where delivery_id = $1`,
    [deliveryId, after.state, after.dueAt, after.round, JSON.stringify(after.tries)],
  )
}

export async function giveBack(sql: Sql, deliveryIds: readonly string[]): Promise<void> {
  await sql.query('update webhook_deliveries set locked_until = null where delivery_id = any($1::text[])', [
    deliveryIds,
  ])
}

export async function dropDelivery(sql: Sql, deliveryId: string): Promise<void> {
  await sql.query('delete from webhook_deliveries where delivery_id = $1', [deliveryId])
}

type ListedRow = Omit<Claimed, 'webhook_id' | 'round'> & {
  number: number
  state: DeliveryState
  due_at: Date
}

/** Newest first, before a number. */
export async function pageOfDeliveries(
  sql: Sql,
  siteId: string,
  wish: { webhookId: string; state: DeliveryState | null; before: number | null; limit: number },
): Promise<ListedRow[]> {
  return sql.query<ListedRow>(
    `select delivery_id, number, type, conversation_id, seq, created_at, state, due_at, tries from webhook_deliveries
     where site_id = $1 and webhook_id = $2 and ($3::text is null or state = $3)
       and ($4::bigint is null or number < $4) order by number desc limit $5`,
    [siteId, wish.webhookId, wish.state, wish.before, wish.limit],
  )
}

/** What is being sent at this moment is left alone. */
const again = `state = 'waiting', due_at = $3, round = 0, locked_until = null`
const isFree = `(state <> 'waiting' or locked_until is null or locked_until <= $3)`

export async function replayOne(
  sql: Sql,
  { siteId, webhookId, deliveryId }: { siteId: string; webhookId: string; deliveryId: string },
  now: Date,
): Promise<boolean> {
  const rows = await sql.query(
    `update webhook_deliveries set ${again} where site_id = $1 and webhook_id = $2 and delivery_id = $4 and ${isFree}
     returning 1`,
    [siteId, webhookId, now, deliveryId],
  )
  return rows.length > 0
}

export async function replayBetween(
  sql: Sql,
  wish: { siteId: string; webhookId: string; from: string; to: string; only: DeliveryState | null },
  now: Date,
  atMost: number,
): Promise<number> {
  const rows = await sql.query(
    `update webhook_deliveries set ${again} where delivery_id in (
       select delivery_id from webhook_deliveries where site_id = $1 and webhook_id = $2
         and created_at >= $4 and created_at < $5 and ($6::text is null or state = $6) and ${isFree}
       order by number limit $7)
     returning 1`,
    [wish.siteId, wish.webhookId, now, wish.from, wish.to, wish.only, atMost],
  )
  return rows.length
}

/** In small stretches, so that nobody waits for it. */
export async function sweepDeliveries(sql: Sql, before: Date, atMost: number): Promise<number> {
  const rows = await sql.query(
    `delete from webhook_deliveries where delivery_id in (
       select delivery_id from webhook_deliveries where created_at < $1 and (locked_until is null or locked_until < $1)
       order by created_at limit $2) returning 1`,
    [before, atMost],
  )
  return rows.length
}
