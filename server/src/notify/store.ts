import type { Sql } from '../storage/database.ts'

export interface MailRow {
  mailId: string
  conversationId: string
  addressDigest: string | null
  createdAt: Date
  isDone: boolean
}

export interface NewMail {
  mailId: string
  siteId: string
  conversationId: string
  contactId: string
  kind: 'transcript' | 'answer'
}

export async function insertMail(sql: Sql, mail: NewMail, at: Date): Promise<void> {
  await sql.query(
    `insert into mails (mail_id, site_id, conversation_id, contact_id, kind, created_at)
     values ($1, $2, $3, $4, $5, $6) on conflict (mail_id) do nothing`,
    [mail.mailId, mail.siteId, mail.conversationId, mail.contactId, mail.kind, at],
  )
}

export async function findMail(sql: Sql, mailId: string): Promise<MailRow | undefined> {
  const [row] = await sql.query<MailRow>(
    `select mail_id as "mailId", conversation_id as "conversationId", address_digest as "addressDigest",
       created_at as "createdAt",
       (sent_at is not null or dropped_at is not null) as "isDone"
     from mails where mail_id = $1`,
    [mailId],
  )
  return row
}

/** Letters to one address wait for each other here, so that two at once cannot both pass a cap. */
export async function lockAddress(sql: Sql, digest: string): Promise<void> {
  await sql.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`mail:${digest}`])
}

export async function mailsToSince(
  sql: Sql,
  digest: string,
  since: Date,
): Promise<{ count: number; firstAt: Date | null }> {
  const [row] = await sql.query<{ count: number; firstAt: Date | null }>(
    `select count(*)::int as count, min(claimed_at) as "firstAt" from mails
     where address_digest = $1 and claimed_at > $2`,
    [digest, since],
  )
  return row ?? { count: 0, firstAt: null }
}

export async function lastMailAbout(
  sql: Sql,
  conversationId: string,
  digest: string,
  since: Date,
): Promise<Date | undefined> {
  const [row] = await sql.query<{ at: Date | null }>(
    `select max(claimed_at) as at from mails
     where conversation_id = $1 and address_digest = $2 and claimed_at > $3`,
    [conversationId, digest, since],
  )
  return row?.at ?? undefined
}

export async function claimMail(sql: Sql, mailId: string, digest: string, at: Date): Promise<void> {
  await sql.query('update mails set address_digest = $2, claimed_at = $3 where mail_id = $1', [
    mailId,
    digest,
    at,
  ])
}

export async function markSent(sql: Sql, mailId: string, position: number, at: Date): Promise<void> {
  await sql.query('update mails set sent_at = $3, position = $2 where mail_id = $1', [mailId, position, at])
}

export async function markDropped(sql: Sql, mailId: string, because: string, at: Date): Promise<void> {
  await sql.query('update mails set dropped_at = $3, dropped_because = $2 where mail_id = $1', [
    mailId,
    because,
    at,
  ])
}

/** How far the customer's stream has already been mailed as answers. */
export async function answeredTo(sql: Sql, conversationId: string): Promise<number> {
  const [row] = await sql.query<{ position: number | null }>(
    `select max(position) as position from mails
     where conversation_id = $1 and kind = 'answer' and sent_at is not null`,
    [conversationId],
  )
  return row?.position ?? 0
}

/** A letter of the kind waits to be sent for this conversation. */
export async function isOnItsWay(sql: Sql, conversationId: string, kind: NewMail['kind']): Promise<boolean> {
  const [row] = await sql.query(
    `select 1 from mails
     where conversation_id = $1 and kind = $2 and sent_at is null and dropped_at is null limit 1`,
    [conversationId, kind],
  )
  return row !== undefined
}

/** Two answers that became due together: the older one carries what both would say. */
export async function isOlderOnItsWay(sql: Sql, mail: MailRow): Promise<boolean> {
  const [row] = await sql.query(
    `select 1 from mails
     where conversation_id = $1 and kind = 'answer' and sent_at is null and dropped_at is null
       and (created_at, mail_id) < ($2, $3) limit 1`,
    [mail.conversationId, mail.createdAt, mail.mailId],
  )
  return row !== undefined
}

/** Alarms of one site wait for each other here, so that two nodes at once write one letter. */
export async function lockAlarms(sql: Sql, siteId: string): Promise<void> {
  await sql.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`alarm:${siteId}`])
}

/** By the database's clock, as the lines are. */
export async function wasAlarmed(
  sql: Sql,
  siteId: string,
  action: string,
  withinMs: number,
): Promise<boolean> {
  const rows = await sql.query(
    `select 1 as one from audit where site_id = $1 and object = 'site:' || $1 and action = $3
       and at > clock_timestamp() - $2 * interval '1 millisecond' limit 1`,
    [siteId, withinMs, action],
  )
  return rows.length > 0
}

export async function adminsOf(sql: Sql, siteId: string): Promise<string[]> {
  const rows = await sql.query<{ member_id: string }>(
    `select member_id from members
     where site_id = $1 and role = 'admin' and disabled_at is null and not is_invited order by member_id`,
    [siteId],
  )
  return rows.map((row) => row.member_id)
}

export async function addressOfAdmin(
  sql: Sql,
  siteId: string,
  memberId: string,
): Promise<string | undefined> {
  const [row] = await sql.query<{ email: string }>(
    `select a.email from members m join accounts a using (account_id)
     where m.site_id = $1 and m.member_id = $2 and m.role = 'admin' and m.disabled_at is null`,
    [siteId, memberId],
  )
  return row?.email
}
