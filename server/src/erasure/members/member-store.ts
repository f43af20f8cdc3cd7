import { formerMember } from '@parley/shared/conversation/former-member.ts'
import type { Author } from '@parley/shared/people.ts'
import type { Sql } from '../../storage/database.ts'

export interface LeavingRow {
  account_id: string
  email: string
  vendor_id: string | null
  disabled_at: Date | null
  erased_at: Date | null
}

/** Nobody else erases or admits them meanwhile. */
export async function lockMember(
  sql: Sql,
  siteId: string,
  memberId: string,
): Promise<LeavingRow | undefined> {
  const [row] = await sql.query<LeavingRow>(
    `select m.account_id, a.email, m.vendor_id, m.disabled_at, m.erased_at
     from members m join accounts a on a.account_id = m.account_id
     where m.site_id = $1 and m.member_id = $2 for update of m`,
    [siteId, memberId],
  )
  return row
}

/** All they were called: lists that keep no id say who saved something by the name of that time. */
export async function namesOf(sql: Sql, siteId: string, memberId: string): Promise<string[]> {
  const rows = await sql.query<{ name: string }>(
    `select name from members where site_id = $1 and member_id = $2
     union select actor_name from audit where site_id = $1 and actor_id = $2 and actor_name is not null`,
    [siteId, memberId],
  )
  return rows.map((row) => row.name)
}

/** The row stays as a pseudonym on an account that is nobody's. Who comes back is invited as somebody new. */
export async function blankMember(
  sql: Sql,
  siteId: string,
  memberId: string,
  given: { accountId: string; at: Date },
): Promise<void> {
  const { accountId, at } = given
  await sql.query('insert into accounts (account_id, email, created_at) values ($1, $2, $3)', [
    accountId,
    `erased ${accountId}`,
    at,
  ])
  await sql.query(
    `update members set account_id = $3, name = $4, erased_at = $5, is_invited = false, availability = 'away'
     where site_id = $1 and member_id = $2`,
    [siteId, memberId, accountId, formerMember, at],
  )
}

/** With its address, password, second factor, sign-on and keys, unless another site's people still use it. */
export async function removeAccount(sql: Sql, accountId: string): Promise<void> {
  const unused = 'not exists (select from members m where m.account_id = $1)'
  await sql.query(`delete from member_sessions where account_id = $1 and ${unused}`, [accountId])
  await sql.query(`delete from accounts where account_id = $1 and ${unused}`, [accountId])
}

export async function endSessions(sql: Sql, memberId: string): Promise<string[]> {
  const rows = await sql.query<{ session_id: string }>(
    'delete from member_sessions where member_id = $1 returning session_id',
    [memberId],
  )
  return rows.map((row) => row.session_id)
}

/** What was theirs alone, or waits for them. */
export async function removeOwn(sql: Sql, siteId: string, memberId: string, email: string): Promise<void> {
  const of = [siteId, memberId]
  for (const table of [
    'queue_members',
    'mentions',
    'training_certificates',
    'training_attempts',
    'contact_reveals',
  ])
    await sql.query(`delete from ${table} where site_id = $1 and member_id = $2`, of)
  await sql.query('delete from member_presence where member_id = $1', [memberId])
  await sql.query(
    `delete from one_time_links where subject->>'siteId' = $1 and subject->>'memberId' = $2`,
    of,
  )
  await sql.query(
    `delete from timers where payload->>'siteId' = $1 and ((kind = 'vendorLetter' and payload->>'memberId' = $2)
       or (kind = 'webhookNotice' and payload->>'to' = $3))`,
    [...of, email],
  )
}

/** Marks, scores and times stay: they are what a vendor or a team is measured by. */
export async function blankWordsAbout(sql: Sql, siteId: string, memberId: string): Promise<void> {
  const of = [siteId, memberId]
  await sql.query(
    `update reviews set comments = '[]', summary = '', dispute = case when dispute is null then null else '' end,
       decision = case when decision is null then null else '' end
     where site_id = $1 and about_member = $2`,
    of,
  )
  await sql.query('update watches set reason = null where site_id = $1 and member_id = $2', of)
}

const byName = [
  ['vendor_rules', 'saved_by'],
  ['training_modules', 'saved_by'],
  ['training_versions', 'saved_by'],
  ['trigger_versions', 'saved_by'],
  ['identity_keys', 'created_by'],
  ['api_keys', 'created_by'],
  ['webhooks', 'created_by'],
  ['vendor_documents', 'checked_by'],
  ['vendor_words', 'by_name'],
] as const
const byId = [
  ['term_rules', 'saved_by', 'saved_by_id'],
  ['vendor_states', 'by_name', 'by_id'],
  ['vendor_appeals', 'by_name', 'by_id'],
  ['vendor_appeals', 'decided_by_name', 'decided_by'],
] as const

/** Where it says who saved, checked or decided something. */
export async function blankSignatures(
  sql: Sql,
  siteId: string,
  memberId: string,
  names: readonly string[],
): Promise<void> {
  for (const [table, column] of byName)
    await sql.query(`update ${table} set ${column} = $3 where site_id = $1 and ${column} = any($2::text[])`, [
      siteId,
      names,
      formerMember,
    ])
  for (const [table, column, id] of byId)
    await sql.query(`update ${table} set ${column} = $3 where site_id = $1 and ${id} = $2`, [
      siteId,
      memberId,
      formerMember,
    ])
  await sql.query(
    `update vendor_applications set first_approval = first_approval || jsonb_build_object('by', $3::text)
     where site_id = $1 and first_approval->>'byId' = $2`,
    [siteId, memberId, formerMember],
  )
}

/** A vendor's member who applied for it: the application is the vendor's, its contact was a person. */
export async function blankContact(
  sql: Sql,
  siteId: string,
  vendorId: string,
  given: { email: string; names: readonly string[] },
): Promise<void> {
  const rows = await sql.query(
    `update vendor_applications set contact_name = $4, email = '', email_digest = null,
       email_confirmed_at = null, phone = null, link_hash = null
     where site_id = $1 and vendor_id = $2 and (lower(email) = lower($3) or email_digest = any($5::text[]))
     returning vendor_id`,
    [siteId, vendorId, given.email, formerMember, sql.seal.digestsOf(siteId, given.email)],
  )
  if (rows.length === 0) return
  for (const table of ['vendor_states', 'vendor_words'])
    await sql.query(
      `update ${table} set by_name = $4 where site_id = $1 and vendor_id = $2 and by_name = any($3::text[])`,
      [siteId, vendorId, given.names, formerMember],
    )
}

/** Uploaded and never sent: nobody else's. Out of reach now; answers whose bytes have to go. */
export async function takeUnsent(sql: Sql, siteId: string, memberId: string): Promise<string[]> {
  const rows = await sql.query<{ file_id: string }>(
    `update files set state = 'swept', name = 'erased', sha256 = ''
     where site_id = $1 and uploaded_by = $2 and sent_at is null and held_as is null and kept_for is null
     returning file_id`,
    [siteId, memberId],
  )
  return rows.map((row) => row.file_id)
}

/**
 * A stretch of the site's conversations in the order of their ids: up to where it goes, and in which of them the name of
 * the member still stands beside their id.
 */
export async function conversationsNaming(
  sql: Sql,
  siteId: string,
  memberId: string,
  after: string,
  atOnce: number,
): Promise<{ upTo: string | null; conversationIds: string[] }> {
  const stretch = `select conversation_id from conversations where site_id = $1 and conversation_id > $2
    order by conversation_id limit $3`
  const [end] = await sql.query<{ up_to: string | null }>(
    `select max(conversation_id) as up_to from (${stretch}) as s`,
    [siteId, after, atOnce],
  )
  const rows = await sql.query<{ conversation_id: string }>(
    `select distinct e.conversation_id from (${stretch}) as s
     join events e on e.conversation_id = s.conversation_id
     where (e.by->>'id' = $4 or strpos(e.payload::text, $4) > 0)
       and jsonb_path_exists(jsonb_build_array(e.by, e.payload),
         '$.** ? ((@.id == $member || @.memberId == $member) && @.name != $label)',
         jsonb_build_object('member', $4::text, 'label', $5::text))
     order by e.conversation_id`,
    [siteId, after, atOnce, memberId, formerMember],
  )
  return { upTo: end?.up_to ?? null, conversationIds: rows.map((row) => row.conversation_id) }
}

/** What was asked is the same as before: a repeat of it still gets its first answer. */
export async function renameInEvents(
  sql: Sql,
  conversationId: string,
  left: readonly { seq: number; by: Author; payload: unknown }[],
): Promise<void> {
  await sql.query(
    `update events e set by = n.by, payload = n.payload
     from json_to_recordset($2::json) as n(seq int, by jsonb, payload jsonb)
     where e.conversation_id = $1 and e.seq = n.seq`,
    [conversationId, JSON.stringify(left.map(({ seq, by, payload }) => ({ seq, by, payload })))],
  )
}

export async function renameInMarks(sql: Sql, conversationId: string, memberId: string): Promise<void> {
  await sql.query('update marks set name = $3 where conversation_id = $1 and reader_id = $2', [
    conversationId,
    memberId,
    formerMember,
  ])
}
