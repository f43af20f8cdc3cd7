import type { MemberRole, SignedOrder } from '@parley/shared/people.ts'
import { closeAddress } from '../conversations/index.ts'
import type { Sql } from '../storage/database.ts'

// Everything here may run again: what is there stays as somebody may have changed it.

export async function hasSite(sql: Sql, siteId: string): Promise<boolean> {
  return (await sql.query('select 1 as one from sites where site_id = $1', [siteId])).length > 0
}

export async function seedVendor(
  sql: Sql,
  siteId: string,
  vendor: { vendorId: string; name: string; queueId: string },
): Promise<void> {
  await sql.query(
    `insert into vendors (site_id, vendor_id, external_id, name) values ($1, $2, $2, $3) on conflict do nothing`,
    [siteId, vendor.vendorId, vendor.name],
  )
  await sql.query(
    `insert into vendor_states (site_id, vendor_id, at, by_id, by_name, is_by_rule, act, to_state, why)
     select $1, $2, state_since, 'mem_ines', 'Ines Duarte', false, 'added', state, 'Sold at Marlow from the first day'
     from vendors v where site_id = $1 and vendor_id = $2
       and not exists (select from vendor_states s where s.site_id = v.site_id and s.vendor_id = v.vendor_id)`,
    [siteId, vendor.vendorId],
  )
  await sql.query(
    `insert into queues (site_id, queue_id, name, kind, vendor_id) values ($1, $2, $3, 'vendor', $4)
     on conflict do nothing`,
    [siteId, vendor.queueId, vendor.name, vendor.vendorId],
  )
}

export async function seedSupportQueue(
  sql: Sql,
  siteId: string,
  queue: { queueId: string; name: string },
): Promise<void> {
  await sql.query(
    `insert into queues (site_id, queue_id, name, kind) values ($1, $2, $3, 'support') on conflict do nothing`,
    [siteId, queue.queueId, queue.name],
  )
}

export async function seedMember(
  sql: Sql,
  siteId: string,
  member: {
    memberId: string
    accountId: string
    name: string
    email: string
    role: MemberRole
    vendorId: string | null
    passwordHash: string
    queueIds: readonly string[]
    at: Date
  },
): Promise<void> {
  await sql.query(
    `insert into accounts (account_id, email, password_hash, created_at) values ($1, $2, $3, $4)
     on conflict do nothing`,
    [member.accountId, member.email, member.passwordHash, member.at],
  )
  await sql.query(
    `insert into members (site_id, member_id, account_id, name, role, vendor_id, availability)
     select $1, $2, account_id, $3, $4, $5, 'available' from accounts where email = $6
     on conflict do nothing`,
    [siteId, member.memberId, member.name, member.role, member.vendorId, member.email],
  )
  await sql.query(
    `insert into queue_members (site_id, queue_id, member_id)
     select $1, unnest($2::text[]), $3 on conflict do nothing`,
    [siteId, member.queueIds, member.memberId],
  )
}

export async function seedCannedReply(
  sql: Sql,
  siteId: string,
  reply: { cannedReplyId: string; vendorId: string | null; shortcut: string; title: string; text: string },
): Promise<void> {
  await sql.query(
    `insert into canned_replies (site_id, canned_reply_id, vendor_id, shortcut, title, text)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
    [siteId, reply.cannedReplyId, reply.vendorId, reply.shortcut, reply.title, reply.text],
  )
}

export async function seedContact(
  sql: Sql,
  siteId: string,
  contact: {
    contactId: string
    sub: string
    name: string
    email: string
    orders: readonly SignedOrder[]
    at: Date
  },
): Promise<void> {
  const { email, emailDigest } = closeAddress(sql.seal, siteId, contact.sub, contact.email)
  await sql.query(
    `insert into contacts (site_id, contact_id, sub, role, name, email, is_email_verified, orders, created_at,
       email_digest)
     values ($1, $2, $3, 'buyer', $4, $5, true, $6::jsonb, $7, $8) on conflict do nothing`,
    [
      siteId,
      contact.contactId,
      contact.sub,
      contact.name,
      email,
      JSON.stringify(contact.orders),
      contact.at,
      emailDigest,
    ],
  )
}

/** The demo's key is sealed anew at each start: SECRET_KEY may be another one by then. */
export async function seedIdentityKey(
  sql: Sql,
  siteId: string,
  key: { kid: string; sealedKey: string; at: Date },
): Promise<void> {
  await sql.query(
    `insert into identity_keys (site_id, kid, algorithm, sealed_key, created_at, created_by)
     values ($1, $2, 'HS256', $3, $4, 'Parley')
     on conflict (site_id, kid) do update set sealed_key = excluded.sealed_key`,
    [siteId, key.kid, key.sealedKey, key.at],
  )
}

/** The shop's pages are served from our own address, which may have another port than last time. */
export async function allowOrigin(sql: Sql, siteId: string, origin: string): Promise<void> {
  await sql.query(
    `update sites set settings = jsonb_set(settings, '{allowedOrigins}', settings->'allowedOrigins' || to_jsonb($2::text))
     where site_id = $1 and not settings->'allowedOrigins' ? $2`,
    [siteId, origin],
  )
}

export async function hasConversations(sql: Sql, siteId: string): Promise<boolean> {
  return (
    (await sql.query('select 1 as one from conversations where site_id = $1 limit 1', [siteId])).length > 0
  )
}
