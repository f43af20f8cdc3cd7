import type { Actor } from '@parley/shared/people.ts'
import type { Sql } from '../storage/database.ts'

export interface RoomVendor {
  vendorId: string
  name: string
}

/** Vendors whose people answer now, by name. */
export async function listRoomVendors(sql: Sql, siteId: string, except: string): Promise<RoomVendor[]> {
  return sql.query<RoomVendor>(
    `select vendor_id as "vendorId", name from vendors
     where site_id = $1 and is_active and vendor_id <> $2 order by lower(name), vendor_id limit 1000`,
    [siteId, except],
  )
}

export async function otherVendor(
  sql: Sql,
  siteId: string,
  vendorId: string,
): Promise<RoomVendor | undefined> {
  const [row] = await sql.query<RoomVendor>(
    `select vendor_id as "vendorId", name from vendors where site_id = $1 and vendor_id = $2 and is_active`,
    [siteId, vendorId],
  )
  return row
}

/** Buyers who have come with a signed identity; whoever was erased is nobody any more. */
export async function buyersBySub(
  sql: Sql,
  siteId: string,
  subs: readonly string[],
): Promise<Map<string, string>> {
  const rows = await sql.query<{ sub: string; contact_id: string }>(
    `select sub, contact_id from contacts
     where site_id = $1 and sub = any($2::text[]) and role = 'buyer' and erased_at is null`,
    [siteId, subs],
  )
  return new Map(rows.map((row) => [row.sub, row.contact_id]))
}

const mostForgotten = 1_000

/** Rooms that this person is in, whether they may read them or not. */
export async function roomsOf(sql: Sql, actor: Actor): Promise<string[]> {
  const memberId =
    actor.kind === 'member' ? actor.vendorId : actor.kind === 'customer' ? actor.contactId : null
  if (memberId === null) return []
  const rows = await sql.query<{ conversation_id: string }>(
    `select conversation_id from conversations where site_id = $1 and room_members @> array[$2::text]
     order by updated_at desc limit $3`,
    [actor.siteId, memberId, mostForgotten],
  )
  return rows.map((row) => row.conversation_id)
}
