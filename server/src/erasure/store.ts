import { erasedName } from '@parley/shared/conversation/erasure.ts'
import type { Author } from '@parley/shared/people.ts'
import type { EventPayloads, EventType } from '@parley/shared/protocol/events.ts'
import type { PersonExport } from '@parley/shared/protocol/privacy.ts'
import { openAddress } from '../conversations/index.ts'
import type { Sql } from '../storage/database.ts'

type StoredWords = {
  [T in EventType]: { seq: number; type: T; by: Author; payload: EventPayloads[T] }
}[EventType]

export async function eventsUpTo(sql: Sql, conversationId: string, seq: number): Promise<StoredWords[]> {
  return sql.query<StoredWords>(
    'select seq, type, by, payload from events where conversation_id = $1 and seq <= $2 order by seq',
    [conversationId, seq],
  )
}

/** With the digest of what was asked, which would let somebody try out words. */
export async function rewriteEvents(
  sql: Sql,
  conversationId: string,
  left: readonly { seq: number; by: Author; payload: unknown }[],
): Promise<void> {
  await sql.query(
    `update events e set by = n.by, payload = n.payload, fingerprint = null
     from json_to_recordset($2::json) as n(seq int, by jsonb, payload jsonb)
     where e.conversation_id = $1 and e.seq = n.seq`,
    [conversationId, JSON.stringify(left.map(({ seq, by, payload }) => ({ seq, by, payload })))],
  )
}

/** Files of a conversation, or of one person: out of reach from now on, and without their names. */
export async function takeFiles(
  sql: Sql,
  siteId: string,
  of: { conversationId?: string; fileIds?: readonly string[]; uploadedBy?: string },
): Promise<string[]> {
  const rows = await sql.query<{ file_id: string }>(
    `update files set state = 'swept', sent_at = null, held_as = null, name = 'erased', sha256 = ''
     where site_id = $1 and kept_for is null
       and (conversation_id = $2 or file_id = any($3::text[]) or uploaded_by = $4)
     returning file_id`,
    [siteId, of.conversationId ?? null, of.fileIds ?? [], of.uploadedBy ?? null],
  )
  return rows.map((row) => row.file_id)
}

/** Everything beside the log that was read off the words, or was written about them. */
export async function eraseAround(sql: Sql, siteId: string, conversationId: string): Promise<void> {
  await sql.query('delete from message_tones where conversation_id = $1', [conversationId])
  await sql.query('delete from conversation_tones where conversation_id = $1', [conversationId])
  await sql.query(`update marks set name = $2 where conversation_id = $1 and side = 'customer'`, [
    conversationId,
    erasedName,
  ])
  await sql.query('update watches set reason = null where site_id = $1 and conversation_id = $2', [
    siteId,
    conversationId,
  ])
  await sql.query('update mails set address_digest = null where site_id = $1 and conversation_id = $2', [
    siteId,
    conversationId,
  ])
  // Marks and score stay: they are about whoever answered.
  await sql.query(
    `update reviews set comments = '[]', summary = '', dispute = case when dispute is null then null else '' end,
       decision = case when decision is null then null else '' end
     where site_id = $1 and conversation_id = $2`,
    [siteId, conversationId],
  )
}

export interface PersonRow {
  contact_id: string
  sub: string | null
  name: string | null
  email: string | null
  is_email_verified: boolean
  orders: unknown[]
  created_at: Date
  erased_at: Date | null
  conversations: number
}

const person = `p.contact_id, p.sub, p.name, p.email, p.is_email_verified, p.orders, p.created_at, p.erased_at,
  (select count(*)::int from conversations c where c.site_id = p.site_id and c.contact_id = p.contact_id) as conversations`

/** Exactly by id or address, or by what a name begins with. */
export async function peopleLike(
  sql: Sql,
  siteId: string,
  search: string,
  limit: number,
): Promise<PersonRow[]> {
  // Each way to somebody by an index of its own.
  const rows = await sql.query<PersonRow>(
    `select ${person} from contacts p where p.site_id = $1 and p.contact_id in (
       select contact_id from contacts where site_id = $1 and contact_id = $2
       union select contact_id from contacts where site_id = $1 and sub = $2
       union select contact_id from contacts where site_id = $1 and email_digest = any($5::text[])
       union select contact_id from contacts where site_id = $1 and lower(email) = lower($2)
       union (select contact_id from contacts where site_id = $1 and lower(name) like lower($3) limit $4)
       union select c.contact_id from events e join conversations c on c.conversation_id = e.conversation_id
         where e.site_id = $1 and e.type = 'contactDetailsGiven'
           and (e.payload->>'emailDigest' = any($5::text[]) or lower(e.payload->>'email') = lower($2)))
     order by p.created_at desc limit $4`,
    [siteId, search, `${search.replace(/[\\%_]/g, '\\$&')}%`, limit, sql.seal.digestsOf(siteId, search)],
  )
  return rows.map((row) => ({ ...row, email: openAddress(sql.seal, siteId, row) }))
}

export async function findPerson(
  sql: Sql,
  siteId: string,
  contactId: string,
): Promise<PersonRow | undefined> {
  const [row] = await sql.query<PersonRow>(
    `select ${person} from contacts p where p.site_id = $1 and p.contact_id = $2`,
    [siteId, contactId],
  )
  return row && { ...row, email: openAddress(sql.seal, siteId, row) }
}

/** This contact, and the strangers that the same browsers were before the person signed in. Nobody else erases it meanwhile. */
export async function lockPerson(sql: Sql, siteId: string, contactId: string): Promise<string[]> {
  const rows = await sql.query<{ contact_id: string }>(
    `select contact_id from contacts where site_id = $1 and erased_at is null and (contact_id = $2 or (sub is null
       and contact_id in (select previous_contact_id from visitors where site_id = $1 and contact_id = $2)))
     order by contact_id for no key update`,
    [siteId, contactId],
  )
  return rows.map((row) => row.contact_id)
}

/** The rows stay as pseudonyms. Whoever comes back with the same signed identity is somebody new. */
export async function blankPeople(
  sql: Sql,
  siteId: string,
  contactIds: readonly string[],
  at: Date,
): Promise<void> {
  await sql.query(
    `update contacts set sub = null, name = null, email = null, email_digest = null,
       is_email_verified = false, vendor_id = null, orders = '[]', erased_at = coalesce(erased_at, $3)
     where site_id = $1 and contact_id = any($2::text[])`,
    [siteId, contactIds, at],
  )
  await sql.query(
    `update visitors set ended_at = coalesce(ended_at, $3), page = null, locale = null, time_zone = null,
       previous_contact_id = null, previous_token_hash = null, predecessor_hash = null, family_hash = null
     where site_id = $1 and contact_id = any($2::text[])`,
    [siteId, contactIds, at],
  )
}

export async function unerased(
  sql: Sql,
  siteId: string,
  contactIds: readonly string[],
  limit: number,
): Promise<string[]> {
  const rows = await sql.query<{ conversation_id: string }>(
    `select conversation_id from conversations where site_id = $1
       and (contact_id = any($2::text[]) or room_members && $2::text[])
       and state->'isErased' is null order by conversation_id limit $3`,
    [siteId, contactIds, limit],
  )
  return rows.map((row) => row.conversation_id)
}

export async function conversationsOf(
  sql: Sql,
  siteId: string,
  contactId: string,
  limit: number,
): Promise<string[]> {
  const rows = await sql.query<{ conversation_id: string }>(
    `select conversation_id from conversations where site_id = $1 and contact_id = $2
     order by started_at desc, conversation_id limit $3`,
    [siteId, contactId, limit],
  )
  return rows.map((row) => row.conversation_id)
}

export async function browsersOf(
  sql: Sql,
  siteId: string,
  contactId: string,
): Promise<
  { created_at: Date; last_seen_at: Date; locale: string | null; time_zone: string | null; page: unknown }[]
> {
  return sql.query(
    `select created_at, last_seen_at, locale, time_zone, page from visitors
     where site_id = $1 and contact_id = $2 order by created_at desc limit 100`,
    [siteId, contactId],
  )
}

/** As every export tells of them. */
export async function filesBy(
  sql: Sql,
  siteId: string,
  uploadedBy: string,
  limit: number,
): Promise<PersonExport['files']> {
  const rows = await sql.query<{
    file_id: string
    name: string
    type: string
    bytes: number
    created_at: Date
  }>(
    `select file_id, name, type, bytes, created_at from files
     where site_id = $1 and uploaded_by = $2 and state <> 'swept' order by created_at desc limit $3`,
    [siteId, uploadedBy, limit],
  )
  return rows.map(({ file_id, name, type, bytes, created_at }) => ({
    fileId: file_id,
    name,
    type,
    bytes,
    createdAt: created_at.toISOString(),
  }))
}

/** Of a file that may be opened. */
export async function blobKeyOf(sql: Sql, siteId: string, fileId: string): Promise<string | undefined> {
  const [row] = await sql.query<{ blob_key: string }>(
    `select blob_key from files where site_id = $1 and file_id = $2 and state = 'clean'`,
    [siteId, fileId],
  )
  return row?.blob_key
}
