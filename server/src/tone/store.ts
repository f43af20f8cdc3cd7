import type { ReaderKind } from '@parley/shared/people.ts'
import type { MessageTone } from '@parley/shared/protocol/tone.ts'
import type { Database, Sql } from '../storage/database.ts'
import { type Dissatisfaction, recentKept } from './dissatisfaction.ts'
import type { Tone } from './tone.ts'

/** Without the words of messages: those are read from the log, where a redaction has blanked them. */
export type KeptDissatisfaction = Omit<Dissatisfaction, 'recent'>

export interface Stretch {
  from: string
  /** Every transaction before it has ended: one that took long to commit is not missed. */
  until: string
}

/** After a long time without reading, or from the beginning, each look at all that is left would take seconds. */
const eventsAtOnce = 2_000

/**
 * What was written next since the last look, if anything was: whole transactions, and no more than a handful of events over.
 * Each bound is a value of its own, so that the index is read between them: joined, they are weighed against every event there is.
 */
export async function unreadStretch(sql: Sql, most = eventsAtOnce): Promise<Stretch | undefined> {
  const [row] = await sql.query<Stretch & { has_more: boolean }>(
    `with look as materialized (
       select coalesce((select read_to from tone_cursor), '0'::xid8) as read_to,
         pg_snapshot_xmin(pg_current_snapshot()) as now),
     last as materialized (
       select written_in from events
       where written_in >= (select read_to from look) and written_in < (select now from look)
       order by written_in offset $1 limit 1),
     stretch as materialized (
       select coalesce((select written_in from events
         where written_in > (select written_in from last) and written_in < (select now from look)
         order by written_in limit 1), (select now from look)) as until)
     select look.read_to::text as from, stretch.until::text as until,
       exists (select from events where written_in >= (select read_to from look)
         and written_in < (select until from stretch)) as has_more
     from look, stretch`,
    [most],
  )
  return row?.has_more ? { from: row.from, until: row.until } : undefined
}

/** One node reads at a time; one that died while reading is followed by another when its lease is over. */
export async function leaseReading(sql: Sql, nodeId: string, now: Date, untilAt: Date): Promise<boolean> {
  const rows = await sql.query(
    `insert into tone_cursor as c (read_to, leased_by, leased_until) values ('0'::xid8, $1, $3)
     on conflict (is_only) do update set leased_by = excluded.leased_by, leased_until = excluded.leased_until
     where c.leased_by is null or c.leased_by = $1 or c.leased_until <= $2 returning 1`,
    [nodeId, now, untilAt],
  )
  return rows.length > 0
}

export async function endReading(sql: Sql, nodeId: string): Promise<void> {
  await sql.query('update tone_cursor set leased_by = null, leased_until = null where leased_by = $1', [
    nodeId,
  ])
}

export async function moveCursor(sql: Sql, until: string): Promise<void> {
  await sql.query('update tone_cursor set read_to = $1::xid8 where read_to < $1::xid8', [until])
}

export interface Unread {
  conversationId: string
  siteId: string
  from: number
  head: number
  state: KeptDissatisfaction | null
}

/** Conversations with something in the stretch, newest first. */
export async function conversationsWithin(sql: Sql, { from, until }: Stretch): Promise<string[]> {
  const rows = await sql.query<{ conversation_id: string }>(
    `select conversation_id from events where written_in >= $1::xid8 and written_in < $2::xid8
     group by conversation_id order by max(at) desc, conversation_id`,
    [from, until],
  )
  return rows.map((row) => row.conversation_id)
}

/** Those of them with something that was not read yet, newest first; what ended long ago is left alone. */
export async function unreadAmong(
  sql: Sql,
  conversationIds: readonly string[],
  since: Date,
): Promise<Unread[]> {
  const rows = await sql.query<{
    conversation_id: string
    site_id: string
    from_seq: number
    head: number
    state: KeptDissatisfaction | null
  }>(
    `select c.conversation_id, c.site_id, coalesce(t.seq, 0) as from_seq, c.seq as head, t.state
     from conversations c left join conversation_tones t on t.conversation_id = c.conversation_id
     where c.conversation_id = any($1::text[]) and c.seq > coalesce(t.seq, 0)
       and (c.status <> 'closed' or c.updated_at >= $2)
     order by c.updated_at desc, c.conversation_id`,
    [conversationIds, since],
  )
  return rows.map((row) => ({
    conversationId: row.conversation_id,
    siteId: row.site_id,
    from: row.from_seq,
    head: row.head,
    state: row.state,
  }))
}

export interface SaidRow {
  conversation_id: string
  seq: number
  at: Date
  side: ReaderKind | 'system'
  message_id: string
  text: string
}

export async function messagesSaid(sql: Sql, unread: readonly Unread[]): Promise<SaidRow[]> {
  return sql.query<SaidRow>(
    `select e.conversation_id, e.seq, e.at, e.by->>'side' as side, e.payload->>'messageId' as message_id,
       e.payload->>'text' as text
     from unnest($1::text[], $2::int[], $3::int[]) as asked(conversation_id, from_seq, head)
     join events e on e.conversation_id = asked.conversation_id and e.seq > asked.from_seq and e.seq <= asked.head
     where e.type = 'messageSent' order by e.conversation_id, e.seq`,
    [
      unread.map(({ conversationId }) => conversationId),
      unread.map(({ from }) => from),
      unread.map(({ head }) => head),
    ],
  )
}

/** What customers said before, oldest first. */
export async function saidBefore(sql: Sql, unread: readonly Unread[]): Promise<Map<string, string[]>> {
  const known = unread.filter(({ from }) => from > 0)
  const texts = new Map<string, string[]>()
  if (known.length === 0) return texts
  const rows = await sql.query<{ conversation_id: string; text: string }>(
    `select asked.conversation_id, e.text
     from unnest($1::text[], $2::int[]) as asked(conversation_id, from_seq)
     cross join lateral (
       select seq, payload->>'text' as text from events
       where conversation_id = asked.conversation_id and seq <= asked.from_seq and type = 'messageSent'
         and by->>'side' = 'customer' order by seq desc limit $3) e
     order by asked.conversation_id, e.seq`,
    [known.map(({ conversationId }) => conversationId), known.map(({ from }) => from), recentKept],
  )
  for (const { conversation_id, text } of rows)
    texts.set(conversation_id, [...(texts.get(conversation_id) ?? []), text])
  return texts
}

export interface ReadMessage {
  messageId: string
  seq: number
  side: ReaderKind
  tone: Tone
  judgedBy: string
}

export interface ReadConversation {
  conversationId: string
  siteId: string
  head: number
  need: number
  state: KeptDissatisfaction
  messages: readonly ReadMessage[]
}

/** Answers which of them were news: another node that read as far, or further, was first. */
export async function keepTones(database: Database, read: readonly ReadConversation[]): Promise<Set<string>> {
  return database.transaction(async (sql) => {
    const kept = await sql.query<{ conversation_id: string }>(
      `insert into conversation_tones as t (conversation_id, site_id, seq, estimate, need, state)
       select conversation_id, site_id, seq, estimate, need, state from json_to_recordset($1::json)
         as n(conversation_id text, site_id text, seq int, estimate int, need int, state jsonb)
       order by conversation_id
       on conflict (conversation_id) do update
         set seq = excluded.seq, estimate = excluded.estimate, need = excluded.need, state = excluded.state
         where t.seq < excluded.seq
       returning conversation_id`,
      [
        JSON.stringify(
          read.map(({ conversationId, siteId, head, need, state }) => ({
            conversation_id: conversationId,
            site_id: siteId,
            seq: head,
            estimate: state.estimate,
            need,
            state,
          })),
        ),
      ],
    )
    await sql.query(
      `insert into message_tones (conversation_id, message_id, seq, side, level, strength, reasons, judged_by)
       select conversation_id, message_id, seq, side, level, strength,
         array(select json_array_elements_text(reasons)), judged_by
       from json_to_recordset($1::json) as n(conversation_id text, message_id text, seq int, side text, level text,
         strength real, reasons json, judged_by text)
       on conflict (conversation_id, message_id) do nothing`,
      [
        JSON.stringify(
          read.flatMap(({ conversationId, messages }) =>
            messages.map(({ messageId, seq, side, tone, judgedBy }) => ({
              conversation_id: conversationId,
              message_id: messageId,
              seq,
              side,
              level: tone.level,
              strength: tone.strength,
              reasons: tone.reasons,
              judged_by: judgedBy,
            })),
          ),
        ),
      ],
    )
    return new Set(kept.map((row) => row.conversation_id))
  })
}

/** The newest, newest first. */
export async function tonesOf(sql: Sql, conversationId: string, limit: number): Promise<MessageTone[]> {
  const rows = await sql.query<{ message_id: string } & Omit<MessageTone, 'messageId'>>(
    `select message_id, level, reasons from message_tones where conversation_id = $1 order by seq desc limit $2`,
    [conversationId, limit],
  )
  return rows.map(({ message_id, level, reasons }) => ({ messageId: message_id, level, reasons }))
}

export async function dissatisfactionOf(
  sql: Sql,
  conversationIds: readonly string[],
): Promise<Map<string, KeptDissatisfaction>> {
  if (conversationIds.length === 0) return new Map()
  const rows = await sql.query<{ conversation_id: string; state: KeptDissatisfaction }>(
    'select conversation_id, state from conversation_tones where conversation_id = any($1::text[])',
    [conversationIds],
  )
  return new Map(rows.map((row) => [row.conversation_id, row.state]))
}

/** Of the customer's messages, from −1 (upset) to 1 (content). */
export async function meanTones(
  sql: Sql,
  siteId: string,
  conversationIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await sql.query<{ conversation_id: string; tone: number }>(
    `select m.conversation_id, (1 - 2 * avg(m.strength))::float as tone from message_tones m
     join conversation_tones t on t.conversation_id = m.conversation_id and t.site_id = $1
     where m.conversation_id = any($2::text[]) and m.side = 'customer' group by m.conversation_id`,
    [siteId, conversationIds],
  )
  return new Map(rows.map((row) => [row.conversation_id, row.tone]))
}

/** What the board may stand on: conversations that are not closed, newest first. */
export async function keptOfOpen(
  sql: Sql,
  siteId: string,
): Promise<{ conversationId: string; estimate: number }[]> {
  return sql.query(
    `select t.conversation_id as "conversationId", t.estimate from conversation_tones t
     join conversations c on c.conversation_id = t.conversation_id
     where c.site_id = $1 and c.status <> 'closed' order by c.updated_at desc`,
    [siteId],
  )
}

export async function setNeeds(
  sql: Sql,
  needs: readonly { conversationId: string; need: number }[],
): Promise<void> {
  await sql.query(
    `update conversation_tones t set need = n.need from unnest($1::text[], $2::int[]) as n(conversation_id, need)
     where t.conversation_id = n.conversation_id and t.need <> n.need`,
    [needs.map(({ conversationId }) => conversationId), needs.map(({ need }) => need)],
  )
}
