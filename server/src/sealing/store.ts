import type { KeptAddress, KeptAnswer } from '../conversations/index.ts'
import type { Sql } from '../storage/database.ts'

/** One way through everything that is kept. */
export interface Pass {
  /** Null until a whole pass has found nothing: what began before needs no second look. */
  sealedUntil: Date | null
  contactsTo: [siteId: string, contactId: string]
  applicantsTo: [siteId: string, vendorId: string]
  conversationsTo: string
}

/** The pass under way with this key, or its beginning. With another key everything has to be looked at again. */
export async function passWith(sql: Sql, keyId: string, now: Date): Promise<Pass> {
  await sql.query('delete from sealed_fields where key_id <> $1', [keyId])
  await sql.query('insert into sealed_fields (key_id, began_at) values ($1, $2) on conflict do nothing', [
    keyId,
    now,
  ])
  const [row] = await sql.query<Pass>(
    `select sealed_until as "sealedUntil", contacts_to as "contactsTo",
       applicants_to as "applicantsTo", conversations_to as "conversationsTo"
     from sealed_fields where key_id = $1`,
    [keyId],
  )
  if (!row) throw new Error('Another process seals with another SECRET_KEY.')
  return row
}

export async function notePass(sql: Sql, keyId: string, to: Pass, found: number): Promise<void> {
  await sql.query(
    `update sealed_fields set contacts_to = $2, applicants_to = $3, conversations_to = $4,
       has_found = has_found or $5
     where key_id = $1`,
    [keyId, to.contactsTo, to.applicantsTo, to.conversationsTo, found > 0],
  )
}

/** The next one begins at the start again. There is one after the first, and while there is anything to seal. */
export async function endPass(
  sql: Sql,
  keyId: string,
  now: Date,
): Promise<{ hasFound: boolean; isLast: boolean }> {
  const [row] = await sql.query<{ hasFound: boolean; isLast: boolean }>(
    `update sealed_fields s set sealed_until = case when b.has_found then s.sealed_until else s.began_at end,
       began_at = $2, contacts_to = default, applicants_to = default, conversations_to = default, has_found = default
     from sealed_fields b where s.key_id = $1 and b.key_id = s.key_id
     returning b.has_found as "hasFound", not b.has_found and b.sealed_until is not null as "isLast"`,
    [keyId, now],
  )
  return row ?? { hasFound: false, isLast: true }
}

export interface ContactRow {
  site_id: string
  contact_id: string
  sub: string
  email: string
}

/** Those whose address is not sealed with this key. */
export async function contactsAfter(
  sql: Sql,
  [siteId, contactId]: Pass['contactsTo'],
  limit: number,
): Promise<ContactRow[]> {
  return sql.query<ContactRow>(
    `select site_id, contact_id, sub, email from contacts
     where (site_id, contact_id) > ($1, $2) and email is not null and sub is not null and not starts_with(email, $3)
     order by site_id, contact_id limit $4`,
    [siteId, contactId, `${sql.seal.keyId}.`, limit],
  )
}

/** Where they are still what was read: whoever signs in or is erased meanwhile is right. */
export async function replaceAddresses(
  sql: Sql,
  rows: readonly { was: ContactRow; kept: KeptAddress }[],
): Promise<void> {
  await sql.query(
    `update contacts c set email = n.email, email_digest = n.email_digest
     from (select * from json_to_recordset($1::json) as r(site_id text, contact_id text, was text, email text,
       email_digest text) order by site_id, contact_id) n
     where c.site_id = n.site_id and c.contact_id = n.contact_id and c.email = n.was`,
    [
      JSON.stringify(
        rows.map(({ was, kept }) => ({
          site_id: was.site_id,
          contact_id: was.contact_id,
          was: was.email,
          email: kept.email,
          email_digest: kept.emailDigest,
        })),
      ),
    ],
  )
}

export interface ApplicantRow {
  site_id: string
  vendor_id: string
  email: string
  phone: string | null
}

/** Those who can be reached by what is not sealed with this key. */
export async function applicantsAfter(
  sql: Sql,
  [siteId, vendorId]: Pass['applicantsTo'],
  limit: number,
): Promise<ApplicantRow[]> {
  return sql.query<ApplicantRow>(
    `select site_id, vendor_id, email, phone from vendor_applications
     where (site_id, vendor_id) > ($1, $2) and (email <> '' and not starts_with(email, $3)
       or phone is not null and not starts_with(phone, $3))
     order by site_id, vendor_id limit $4`,
    [siteId, vendorId, `${sql.seal.keyId}.`, limit],
  )
}

export async function replaceWays(
  sql: Sql,
  was: ApplicantRow,
  kept: { email: string; emailDigest: string | null; phone: string | null },
): Promise<void> {
  await sql.query(
    `update vendor_applications set email = $5, email_digest = $6, phone = $7
     where site_id = $1 and vendor_id = $2 and email = $3 and phone is not distinct from $4`,
    [was.site_id, was.vendor_id, was.email, was.phone, kept.email, kept.emailDigest, kept.phone],
  )
}

export interface ConversationRow {
  site_id: string
  conversation_id: string
  answers: KeptAnswer[]
}

export async function conversationsAfter(
  sql: Sql,
  { conversationsTo, sealedUntil }: Pass,
  limit: number,
): Promise<ConversationRow[]> {
  return sql.query<ConversationRow>(
    `select site_id, conversation_id, coalesce(state->'answers', '[]') as answers from conversations
     where conversation_id > $1 and ($2::timestamptz is null or started_at > $2::timestamptz - interval '1 hour')
     order by conversation_id limit $3`,
    [conversationsTo, sealedUntil, limit],
  )
}

/** What messages change in the row is left alone, and so is its place in every list. */
export async function replaceAnswers(
  sql: Sql,
  rows: readonly { was: ConversationRow; answers: KeptAnswer[] }[],
): Promise<void> {
  await sql.query(
    `update conversations c set state = jsonb_set(c.state, '{answers}', n.answers)
     from (select * from json_to_recordset($1::json) as r(conversation_id text, was jsonb, answers jsonb)
       order by conversation_id) n
     where c.conversation_id = n.conversation_id and c.state->'answers' = n.was`,
    [
      JSON.stringify(
        rows.map(({ was, answers }) => ({
          conversation_id: was.conversation_id,
          was: was.answers,
          answers,
        })),
      ),
    ],
  )
}

export interface EventRow {
  site_id: string
  conversation_id: string
  seq: number
  type: 'conversationStarted' | 'contactDetailsGiven' | 'transcriptRequested'
  payload: unknown
  fingerprint: string | null
}

export async function eventsWithFields(sql: Sql, conversationIds: readonly string[]): Promise<EventRow[]> {
  return sql.query<EventRow>(
    `select site_id, conversation_id, seq, type, payload, fingerprint from events
     where conversation_id = any($1::text[])
       and type in ('conversationStarted', 'contactDetailsGiven', 'transcriptRequested')`,
    [conversationIds],
  )
}

export async function replaceEvents(
  sql: Sql,
  rows: readonly { was: EventRow; payload: unknown; fingerprint: string | null }[],
): Promise<void> {
  await sql.query(
    `update events e set payload = n.payload, fingerprint = n.fingerprint
     from (select * from json_to_recordset($1::json) as r(conversation_id text, seq int, was jsonb, payload jsonb,
       fingerprint text) order by conversation_id, seq) n
     where e.conversation_id = n.conversation_id and e.seq = n.seq and e.payload = n.was`,
    [
      JSON.stringify(
        rows.map(({ was, payload, fingerprint }) => ({
          conversation_id: was.conversation_id,
          seq: was.seq,
          was: was.payload,
          payload,
          fingerprint,
        })),
      ),
    ],
  )
}
