import type { SignedOrder } from '@parley/shared/people.ts'
import { closeAddress } from '../../conversations/index.ts'
import type { Sql } from '../../storage/database.ts'
import type { Identity } from '../keys/verify-identity.ts'

/** A browser and the contact it speaks for. */
export interface VisitorRow {
  site_id: string
  visitor_id: string
  contact_id: string
  previous_contact_id: string | null
  identified_at: Date | null
  created_at: Date
  last_seen_at: Date
  expires_at: Date
  ended_at: Date | null
  token_hash: string
  token_issued_at: Date
  predecessor_hash: string | null
  successor_kept_at: Date | null
  sub: string | null
  role: 'buyer' | 'vendor'
  name: string | null
  vendor_id: string | null
  orders: SignedOrder[]
  blocked_at: Date | null
}

const visitor = `select v.site_id, v.visitor_id, v.contact_id, v.previous_contact_id, v.identified_at, v.created_at,
    v.last_seen_at, v.expires_at, v.ended_at, v.token_hash, v.token_issued_at, v.predecessor_hash,
    v.successor_kept_at, c.sub, c.role, c.name, c.vendor_id, c.orders,
    c.blocked_at
  from visitors v join contacts c on c.site_id = v.site_id and c.contact_id = v.contact_id`

const visitorBy =
  (column: 'token_hash' | 'family_hash' | 'visitor_id') =>
  async (sql: Sql, siteId: string, value: string): Promise<VisitorRow | undefined> => {
    const [row] = await sql.query<VisitorRow>(`${visitor} where v.site_id = $1 and v.${column} = $2`, [
      siteId,
      value,
    ])
    return row
  }

export const visitorByHash = visitorBy('token_hash')
/** Of a token that is not the latest one of its visit. */
export const visitorByFamily = visitorBy('family_hash')
export const visitorById = visitorBy('visitor_id')

/** The earlier contact behind a token that was replaced when this very contact signed in. */
export async function contactBefore(
  sql: Sql,
  siteId: string,
  replacedHash: string,
  contactId: string,
): Promise<string | null> {
  const [row] = await sql.query<{ previous_contact_id: string | null }>(
    `select previous_contact_id from visitors
     where site_id = $1 and previous_token_hash = $2 and contact_id = $3`,
    [siteId, replacedHash, contactId],
  )
  return row?.previous_contact_id ?? null
}

export async function insertAnonymousContact(
  sql: Sql,
  siteId: string,
  contactId: string,
  at: Date,
): Promise<void> {
  await sql.query('insert into contacts (site_id, contact_id, created_at) values ($1, $2, $3)', [
    siteId,
    contactId,
    at,
  ])
}

/** The signed sub is the only key: a name or an e-mail never finds a contact. */
export async function saveIdentifiedContact(
  sql: Sql,
  siteId: string,
  newContactId: string,
  identity: Identity,
  at: Date,
): Promise<string> {
  const { email, emailDigest } = closeAddress(sql.seal, siteId, identity.sub, identity.email)
  const [row] = await sql.query<{ contact_id: string }>(
    `insert into contacts
       (site_id, contact_id, sub, role, name, email, is_email_verified, vendor_id, orders, created_at, email_digest)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10, $11)
     on conflict (site_id, sub) where sub is not null do update set
       role = excluded.role, name = excluded.name, email = excluded.email,
       email_digest = excluded.email_digest, is_email_verified = excluded.is_email_verified, vendor_id = excluded.vendor_id, orders = excluded.orders
     returning contact_id`,
    [
      siteId,
      newContactId,
      identity.sub,
      identity.role,
      identity.name,
      email,
      identity.isEmailVerified,
      identity.vendorId,
      JSON.stringify(identity.orders),
      at,
      emailDigest,
    ],
  )
  if (!row) throw new Error('Saving a contact returned no row')
  return row.contact_id
}

export async function insertVisitor(
  sql: Sql,
  given: {
    siteId: string
    visitorId: string
    contactId: string
    hash: string
    previousContactId: string | null
    identifiedAt: Date | null
    locale: string | null
    timeZone: string | null
    at: Date
    expiresAt: Date
  },
): Promise<void> {
  await sql.query(
    `insert into visitors (site_id, visitor_id, contact_id, token_hash, previous_contact_id, identified_at,
       locale, time_zone, created_at, last_seen_at, expires_at, token_issued_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $10, $9)`,
    [
      given.siteId,
      given.visitorId,
      given.contactId,
      given.hash,
      given.previousContactId,
      given.identifiedAt,
      given.locale,
      given.timeZone,
      given.at,
      given.expiresAt,
    ],
  )
}

/** Atomic by the latest hash: of two tabs that sign in at once only one turns this row, the other starts its own. */
export async function identifyVisitor(
  sql: Sql,
  given: {
    siteId: string
    latestHash: string
    presentedHash: string
    newHash: string
    contactId: string
    at: Date
    expiresAt: Date
  },
): Promise<boolean> {
  const rows = await sql.query(
    `update visitors set contact_id = $4, previous_contact_id = contact_id, token_hash = $3,
       previous_token_hash = $7, identified_at = $5, last_seen_at = $5, expires_at = $6, token_issued_at = $5,
       family_hash = null, predecessor_hash = null, successor_kept_at = null
     where site_id = $1 and token_hash = $2 and ended_at is null returning visitor_id`,
    [
      given.siteId,
      given.latestHash,
      given.newHash,
      given.contactId,
      given.at,
      given.expiresAt,
      given.presentedHash,
    ],
  )
  return rows.length > 0
}

export async function stayIdentified(
  sql: Sql,
  siteId: string,
  visitorId: string,
  at: Date,
  expiresAt: Date,
): Promise<boolean> {
  const rows = await sql.query(
    `update visitors set identified_at = $3, last_seen_at = $3, expires_at = $4
     where site_id = $1 and visitor_id = $2 and ended_at is null returning visitor_id`,
    [siteId, visitorId, at, expiresAt],
  )
  return rows.length > 0
}

/** With another role: under a new token, beside which no other opens anything. */
export async function renewVisitor(
  sql: Sql,
  given: { siteId: string; latestHash: string; newHash: string; at: Date; expiresAt: Date },
): Promise<boolean> {
  const rows = await sql.query(
    `update visitors set token_hash = $3, identified_at = $4, last_seen_at = $4, expires_at = $5,
       token_issued_at = $4, family_hash = null, predecessor_hash = null, successor_kept_at = null
     where site_id = $1 and token_hash = $2 and ended_at is null returning visitor_id`,
    [given.siteId, given.latestHash, given.newHash, given.at, given.expiresAt],
  )
  return rows.length > 0
}

/** A new token beside the one that was presented. Atomic by the latest: of many tabs at once one is given it. */
export async function followToken(
  sql: Sql,
  given: {
    siteId: string
    latestHash: string
    presentedHash: string
    newHash: string
    familyHash: string
    at: Date
  },
): Promise<boolean> {
  const rows = await sql.query(
    `update visitors set token_hash = $3, predecessor_hash = $4, family_hash = $5, token_issued_at = $6,
       successor_kept_at = null
     where site_id = $1 and token_hash = $2 and ended_at is null returning visitor_id`,
    [given.siteId, given.latestHash, given.newHash, given.presentedHash, given.familyHash, given.at],
  )
  return rows.length > 0
}

export async function noteKept(
  sql: Sql,
  given: { siteId: string; latestHash: string; at: Date },
): Promise<void> {
  await sql.query(
    `update visitors set successor_kept_at = $3
     where site_id = $1 and token_hash = $2 and successor_kept_at is null`,
    [given.siteId, given.latestHash, given.at],
  )
}

export async function touchVisitor(
  sql: Sql,
  siteId: string,
  visitorId: string,
  at: Date,
  expiresAt: Date,
): Promise<void> {
  await sql.query(
    `update visitors set last_seen_at = $3, expires_at = $4
     where site_id = $1 and visitor_id = $2 and ended_at is null`,
    [siteId, visitorId, at, expiresAt],
  )
}

export async function describeBrowser(
  sql: Sql,
  siteId: string,
  visitorId: string,
  locale: string | null,
  timeZone: string | null,
): Promise<void> {
  await sql.query(
    `update visitors set locale = coalesce($3, locale), time_zone = coalesce($4, time_zone)
     where site_id = $1 and visitor_id = $2`,
    [siteId, visitorId, locale, timeZone],
  )
}

/** The language of a browser, as it said itself. */
export async function localeOf(sql: Sql, siteId: string, visitorId: string): Promise<string | null> {
  const [row] = await sql.query<{ locale: string | null }>(
    'select locale from visitors where site_id = $1 and visitor_id = $2',
    [siteId, visitorId],
  )
  return row?.locale ?? null
}

export async function endVisitorRow(sql: Sql, siteId: string, visitorId: string, at: Date): Promise<boolean> {
  const rows = await sql.query(
    `update visitors set ended_at = $3 where site_id = $1 and visitor_id = $2 and ended_at is null
     returning visitor_id`,
    [siteId, visitorId, at],
  )
  return rows.length > 0
}

/** One statement, so that of any number of visits at once exactly one gets the token; that one gets it again. */
export async function claimIdentity(
  sql: Sql,
  given: { siteId: string; useHash: string; visitorId: string; expiresAt: Date; now: Date },
): Promise<boolean> {
  const rows = await sql.query(
    `insert into used_identities as u (site_id, use_hash, visitor_id, expires_at) values ($1, $2, $3, $4)
     on conflict (site_id, use_hash) do update set visitor_id = excluded.visitor_id, expires_at = excluded.expires_at
       where u.visitor_id = excluded.visitor_id or u.expires_at <= $5
     returning 1 as one`,
    [given.siteId, given.useHash, given.visitorId, given.expiresAt, given.now],
  )
  return rows.length > 0
}

export async function isClaimedBefore(
  sql: Sql,
  siteId: string,
  useHash: string,
  replacedHash: string,
): Promise<boolean> {
  const rows = await sql.query(
    `select 1 as one from used_identities u join visitors v on v.site_id = u.site_id and v.visitor_id = u.visitor_id
     where u.site_id = $1 and u.use_hash = $2 and v.previous_token_hash = $3`,
    [siteId, useHash, replacedHash],
  )
  return rows.length > 0
}
