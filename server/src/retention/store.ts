import type { Retention } from '@parley/shared/protocol/retention.ts'
import type { Sql } from '../storage/database.ts'

export async function retentionOf(sql: Sql, siteId: string): Promise<Partial<Retention>> {
  const [row] = await sql.query<{ terms: Partial<Retention> }>(
    'select terms from retention where site_id = $1',
    [siteId],
  )
  return row?.terms ?? {}
}

export async function saveRetention(sql: Sql, siteId: string, terms: Retention): Promise<void> {
  await sql.query(
    `insert into retention (site_id, terms) values ($1, $2::jsonb)
     on conflict (site_id) do update set terms = excluded.terms`,
    [siteId, JSON.stringify(terms)],
  )
}

export async function sitesThatSet(sql: Sql): Promise<{ siteId: string; terms: Retention }[]> {
  return sql.query('select site_id as "siteId", terms from retention order by site_id')
}

const over = `c.site_id = $1 and c.status = 'closed' and c.closed_at < $2 and (c.state->'isErased') is null`
const isHeld = `exists (select from held_conversations h
  where h.site_id = c.site_id and h.conversation_id = c.conversation_id)`

export async function conversationsOver(
  sql: Sql,
  siteId: string,
  before: Date,
  limit: number,
): Promise<string[]> {
  const rows = await sql.query<{ conversation_id: string }>(
    `select conversation_id from conversations c where ${over} and not ${isHeld} order by closed_at limit $3`,
    [siteId, before, limit],
  )
  return rows.map((row) => row.conversation_id)
}

/** What only a legal hold keeps. */
export async function countHeld(sql: Sql, siteId: string, before: Date, atMost: number): Promise<number> {
  const [row] = await sql.query<{ n: number }>(
    `select count(*)::int as n from (select from conversations c where ${over} and ${isHeld} limit $3) o`,
    [siteId, before, atMost],
  )
  return row?.n ?? 0
}

export async function filesOver(sql: Sql, siteId: string, before: Date, limit: number): Promise<string[]> {
  const rows = await sql.query<{ file_id: string }>(
    `select file_id from files f where site_id = $1 and sent_at < $2 and kept_for is null and state <> 'swept'
       and not exists (select from held_contacts h where h.site_id = f.site_id and h.contact_id = f.uploaded_by)
       and not exists (select from held_conversations h
         where h.site_id = f.site_id and h.conversation_id = f.conversation_id)
     order by sent_at limit $3`,
    [siteId, before, limit],
  )
  return rows.map((row) => row.file_id)
}

/** Nobody has heard of them since, and no conversation holds a word of theirs. */
export async function peopleOver(sql: Sql, siteId: string, before: Date, limit: number): Promise<string[]> {
  const rows = await sql.query<{ contact_id: string }>(
    `select contact_id from contacts p where site_id = $1 and erased_at is null and created_at < $2
       and not exists (select from visitors v where v.site_id = p.site_id and v.contact_id = p.contact_id
         and v.last_seen_at >= $2)
       and not exists (select from conversations c where c.site_id = p.site_id and c.contact_id = p.contact_id
         and (c.state->'isErased') is null)
       and not exists (select from conversations c where c.site_id = p.site_id
         and c.room_members @> array[p.contact_id] and (c.state->'isErased') is null)
       and not exists (select from held_contacts h where h.site_id = p.site_id and h.contact_id = p.contact_id)
     order by created_at limit $3`,
    [siteId, before, limit],
  )
  return rows.map((row) => row.contact_id)
}

const unheld =
  'not exists (select from held_contacts h where h.site_id = v.site_id and h.contact_id = v.contact_id)'

/**
 * Browsers whose tokens are dead open nothing and tell only where somebody was. One that says which stranger a person was
 * before they signed in says just that: an erasure asks it.
 */
export async function deleteDeadBrowsers(sql: Sql, before: Date, limit: number): Promise<number> {
  const rows = await sql.query(
    `delete from visitors where (site_id, visitor_id) in (
       select site_id, visitor_id from visitors v where expires_at < $1 and previous_contact_id is null and ${unheld}
       order by expires_at limit $2) returning 1`,
    [before, limit],
  )
  await sql.query(
    `update visitors v set page = null, locale = null, time_zone = null
     where expires_at < $1 and previous_contact_id is not null and ${unheld}
       and (page is not null or locale is not null or time_zone is not null)`,
    [before],
  )
  return rows.length
}

/** A signed token that has expired cannot be used again, whoever remembers it. */
export async function deleteUsedIdentities(sql: Sql, expiredBefore: Date, limit: number): Promise<number> {
  const rows = await sql.query(
    `delete from used_identities where (site_id, use_hash) in (
       select site_id, use_hash from used_identities where expires_at < $1 order by expires_at limit $2) returning 1`,
    [expiredBefore, limit],
  )
  return rows.length
}
