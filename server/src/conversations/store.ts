import type { Actor, Author, MemberActor, ReaderKind } from '@parley/shared/people.ts'
import type { Marks } from '@parley/shared/protocol/ephemeral.ts'
import type { EventPayloads, SentFile } from '@parley/shared/protocol/events.ts'
import type { Sql } from '../storage/database.ts'
import type { Held, StoredEvent } from './held.ts'
import { type EventRow, eventFrom, type HeldRow, heldFrom } from './rows.ts'

const heldColumns =
  'site_id, conversation_id, seq, customer_position, vendor_position, first_assigned_at, state || latest as state'

export async function findHeld(sql: Sql, conversationId: string): Promise<Held | undefined> {
  const [row] = await sql.query<HeldRow>(
    `select ${heldColumns} from conversations where conversation_id = $1`,
    [conversationId],
  )
  return row && heldFrom(sql.seal, row)
}

/**
 * For the policy to weigh. What could only be refused stays in the database: reading a conversation takes as long as it is
 * large, and whoever asks for one that is not theirs would see from the time that it is there.
 */
export async function findHeldFor(sql: Sql, actor: Actor, conversationId: string): Promise<Held | undefined> {
  const { isOfSite, readerId, queueIds } = reachOf(actor)
  const [row] = await sql.query<HeldRow>(
    `select ${heldColumns} from conversations
     where conversation_id = $1 and site_id = $2
       and ($3 or $4 in (contact_id, vendor_id, assignee_id, offered_to) or queue_id = any($5::text[])
         or room_members @> array[$4::text])`,
    [conversationId, actor.siteId, isOfSite, readerId, queueIds],
  )
  return row && heldFrom(sql.seal, row)
}

/** Wider than the policy, never narrower: who in a conversation or of a queue somebody is. */
function reachOf(actor: Actor): { isOfSite: boolean; readerId: string; queueIds: readonly string[] } {
  if (actor.kind === 'customer') return { isOfSite: false, readerId: actor.contactId, queueIds: [] }
  if (actor.kind !== 'member' || actor.role === 'moderator' || actor.role === 'admin')
    return { isOfSite: true, readerId: '', queueIds: [] }
  const { role, vendorId, memberId, queueIds } = actor
  if (role === 'vendor') return { isOfSite: false, readerId: vendorId ?? '', queueIds: [] }
  return { isOfSite: false, readerId: memberId, queueIds }
}

export async function heldOf(sql: Sql, conversationIds: readonly string[]): Promise<Held[]> {
  const rows = await sql.query<HeldRow>(
    `select ${heldColumns} from conversations where conversation_id = any($1::text[])`,
    [conversationIds],
  )
  return rows.map((row) => heldFrom(sql.seal, row))
}

const eventColumns = `site_id, conversation_id, seq, customer_position, vendor_position, type, at, actor_id, request_id,
  request_part, fingerprint, by, payload`

// A column name cannot be a parameter: each reader kind has its own, and nothing else gets in. A position is never above
// its sequence number, and below it by at most what the reader cannot see: that bounds the search by the primary key.
const positionColumn: Record<ReaderKind, string> = {
  customer: 'customer_position',
  vendor: 'vendor_position',
  staff: 'seq',
}

/** Events of one reader's stream after a position, oldest first. */
export async function eventsAfter(
  sql: Sql,
  conversationId: string,
  reader: ReaderKind,
  after: number,
  limit: number,
): Promise<StoredEvent[]> {
  const column = positionColumn[reader]
  const rows = await sql.query<EventRow>(
    `select ${eventColumns} from events where conversation_id = $1 and seq > $2 and ${column} > $2 order by seq limit $3`,
    [conversationId, after, limit],
  )
  return rows.map((row) => eventFrom(sql.seal, row))
}

/** The newest events of one reader's stream before a position, oldest first. */
export async function eventsBefore(
  sql: Sql,
  conversationId: string,
  reader: ReaderKind,
  before: number,
  limit: number,
): Promise<StoredEvent[]> {
  const column = positionColumn[reader]
  const rows = await sql.query<EventRow>(
    `select ${eventColumns} from events where conversation_id = $1 and ${column} < $2
       and seq < $2 + (select seq - ${column} from conversations where conversation_id = $1)
     order by seq desc limit $3`,
    [conversationId, before, limit],
  )
  return rows.reverse().map((row) => eventFrom(sql.seal, row))
}

/** A message of the log, sent or held, and who has it in their stream. */
export interface StoredMessage {
  text: string
  files: SentFile[]
  by: Author
  /** Not held, or released since. */
  isSent: boolean
  readers: ReaderKind[]
  isRedacted: boolean
  heldAs?: string
}

export async function findMessage(
  sql: Sql,
  conversationId: string,
  messageId: string,
): Promise<StoredMessage | undefined> {
  const [row] = await sql.query<
    Pick<EventRow, 'by' | 'customer_position' | 'vendor_position'> & {
      payload: EventPayloads['messageSent']
      type: string
      is_redacted: boolean
    }
  >(
    `select e.type, e.by, e.payload, e.customer_position, e.vendor_position, exists (
       select 1 from events r where r.conversation_id = e.conversation_id and r.type = 'messageRedacted'
         and r.payload->>'messageId' = $2) as is_redacted
     from events e where e.conversation_id = $1 and e.payload->>'messageId' = $2
       and e.type in ('messageSent', 'vendorMessageHeld', 'customerMessageHeld')`,
    [conversationId, messageId],
  )
  if (!row) return undefined
  const { text, files, heldAs } = row.payload
  const readers: ReaderKind[] = ['staff']
  if (row.customer_position !== null) readers.push('customer')
  if (row.vendor_position !== null) readers.push('vendor')
  return {
    text,
    files,
    by: row.by,
    isSent: row.type === 'messageSent',
    readers,
    isRedacted: row.is_redacted,
    ...(heldAs === undefined ? {} : { heldAs }),
  }
}

interface MarksRow {
  conversation_id: string
  side: ReaderKind
  reader_id: string
  name: string
  delivered_to: string | null
  read_to: string | null
  at: Date
}

function marksFrom(row: MarksRow): Marks {
  return {
    conversationId: row.conversation_id,
    side: row.side,
    readerId: row.reader_id,
    name: row.name,
    deliveredTo: row.delivered_to,
    readTo: row.read_to,
    at: row.at.toISOString(),
  }
}

export async function marksOf(sql: Sql, conversationId: string): Promise<Marks[]> {
  const rows = await sql.query<MarksRow>(
    'select conversation_id, side, reader_id, name, delivered_to, read_to, at from marks where conversation_id = $1',
    [conversationId],
  )
  return rows.map(marksFrom)
}

/** Marks only ever move forward; answers the marks when they moved. */
export async function moveMarks(
  sql: Sql,
  reader: { conversationId: string; readerId: string; side: ReaderKind; name: string },
  to: { deliveredTo: string | null; readTo: string | null },
  at: Date,
): Promise<Marks | undefined> {
  const [row] = await sql.query<MarksRow>(
    `with reached as (
       select coalesce(max(seq) filter (where payload->>'messageId' = $5), 0) as delivered_seq,
              coalesce(max(seq) filter (where payload->>'messageId' = $6), 0) as read_seq
       from events where conversation_id = $1 and type = 'messageSent' and payload->>'messageId' in ($5, $6))
     insert into marks as m (conversation_id, reader_id, side, name, delivered_seq, delivered_to, read_seq, read_to, at)
     select $1, $2, $3, $4, greatest(delivered_seq, read_seq),
            case when delivered_seq >= read_seq then $5 else $6 end, read_seq,
            case when read_seq > 0 then $6 end, $7::timestamptz
     from reached where delivered_seq > 0 or read_seq > 0
     on conflict (conversation_id, reader_id) do update set
       delivered_to = case when excluded.delivered_seq > m.delivered_seq then excluded.delivered_to else m.delivered_to end,
       delivered_seq = greatest(m.delivered_seq, excluded.delivered_seq),
       read_to = case when excluded.read_seq > m.read_seq then excluded.read_to else m.read_to end,
       read_seq = greatest(m.read_seq, excluded.read_seq), at = excluded.at, name = excluded.name
     where excluded.delivered_seq > m.delivered_seq or excluded.read_seq > m.read_seq
     returning conversation_id, side, reader_id, name, delivered_to, read_to, at`,
    [reader.conversationId, reader.readerId, reader.side, reader.name, to.deliveredTo, to.readTo, at],
  )
  return row && marksFrom(row)
}

interface FileRow {
  file_id: string
  name: string
  type: string
  bytes: number
  width: number | null
  height: number | null
  thumbnail_key: string | null
}

export async function claimableFiles(
  sql: Sql,
  siteId: string,
  uploadedBy: string,
  conversationId: string,
  fileIds: readonly string[],
): Promise<SentFile[]> {
  const rows = await sql.query<FileRow>(
    `select file_id, name, type, bytes, width, height, thumbnail_key from files
     where site_id = $1 and uploaded_by = $2 and file_id = any($3::text[]) and sent_at is null and state = 'clean'
       and held_as is null and (conversation_id is null or conversation_id = $4)`,
    [siteId, uploadedBy, fileIds, conversationId],
  )
  return rows.map((row) => ({
    fileId: row.file_id,
    name: row.name,
    type: row.type,
    bytes: row.bytes,
    ...(row.width === null ? {} : { width: row.width }),
    ...(row.height === null ? {} : { height: row.height }),
    hasThumbnail: row.thumbnail_key !== null,
  }))
}

export async function markFilesSent(
  sql: Sql,
  siteId: string,
  conversationId: string,
  fileIds: readonly string[],
  at: string,
): Promise<number> {
  const rows = await sql.query(
    `update files set sent_at = $4::timestamptz, conversation_id = $2
     where site_id = $1 and file_id = any($3::text[]) and sent_at is null returning file_id`,
    [siteId, conversationId, fileIds, at],
  )
  return rows.length
}

/** Kept with the held message: sent nowhere else, swept by nobody. */
export async function markFilesHeld(
  sql: Sql,
  siteId: string,
  conversationId: string,
  fileIds: readonly string[],
  messageId: string,
): Promise<number> {
  const rows = await sql.query(
    `update files set held_as = $4, conversation_id = $2
     where site_id = $1 and file_id = any($3::text[]) and sent_at is null and held_as is null returning file_id`,
    [siteId, conversationId, fileIds, messageId],
  )
  return rows.length
}

/** Staff of the site, as the policy weighs them: everybody, or those of the given ids. */
export async function staffOf(
  sql: Sql,
  siteId: string,
  memberIds: readonly string[] | null,
): Promise<MemberActor[]> {
  const rows = await sql.query<{
    member_id: string
    account_id: string
    name: string
    role: MemberActor['role']
    queue_ids: string[]
  }>(
    `select m.member_id, m.account_id, m.name, m.role,
       array(select qm.queue_id from queue_members qm
         where qm.site_id = m.site_id and qm.member_id = m.member_id) as queue_ids
     from members m
     where m.site_id = $1 and ($2::text[] is null or m.member_id = any($2::text[])) and m.role <> 'vendor'
       and m.disabled_at is null and not m.is_invited order by m.name, m.member_id`,
    [siteId, memberIds],
  )
  return rows.map((row) => ({
    kind: 'member',
    siteId,
    memberId: row.member_id,
    accountId: row.account_id,
    role: row.role,
    name: row.name,
    vendorId: null,
    vendorName: null,
    queueIds: row.queue_ids,
  }))
}
