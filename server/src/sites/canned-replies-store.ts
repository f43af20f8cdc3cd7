import type { Sql } from '../storage/database.ts'

export interface CannedReplyRow {
  canned_reply_id: string
  vendor_id: string | null
  shortcut: string
  title: string
  text: string
}

/** Replies of one owner: the marketplace (no vendor) or one vendor; nobody sees another's. */
export async function cannedRepliesOf(
  sql: Sql,
  siteId: string,
  vendorId: string | null,
): Promise<CannedReplyRow[]> {
  return sql.query<CannedReplyRow>(
    `select canned_reply_id, vendor_id, shortcut, title, text from canned_replies
     where site_id = $1 and vendor_id is not distinct from $2::text order by shortcut`,
    [siteId, vendorId],
  )
}

export async function insertCannedReply(sql: Sql, siteId: string, reply: CannedReplyRow): Promise<boolean> {
  const rows = await sql.query(
    `insert into canned_replies (site_id, canned_reply_id, vendor_id, shortcut, title, text)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning canned_reply_id`,
    [siteId, reply.canned_reply_id, reply.vendor_id, reply.shortcut, reply.title, reply.text],
  )
  return rows.length > 0
}

export async function isShortcutTaken(sql: Sql, siteId: string, reply: CannedReplyRow): Promise<boolean> {
  const rows = await sql.query(
    `select 1 as one from canned_replies
     where site_id = $1 and vendor_id is not distinct from $2::text and shortcut = $3 and canned_reply_id <> $4`,
    [siteId, reply.vendor_id, reply.shortcut, reply.canned_reply_id],
  )
  return rows.length > 0
}

export async function updateCannedReply(sql: Sql, siteId: string, reply: CannedReplyRow): Promise<boolean> {
  const rows = await sql.query(
    `update canned_replies set shortcut = $4, title = $5, text = $6
     where site_id = $1 and canned_reply_id = $2 and vendor_id is not distinct from $3::text
     returning canned_reply_id`,
    [siteId, reply.canned_reply_id, reply.vendor_id, reply.shortcut, reply.title, reply.text],
  )
  return rows.length > 0
}

export async function deleteCannedReply(
  sql: Sql,
  siteId: string,
  vendorId: string | null,
  cannedReplyId: string,
): Promise<boolean> {
  const rows = await sql.query(
    `delete from canned_replies
     where site_id = $1 and canned_reply_id = $2 and vendor_id is not distinct from $3::text
     returning canned_reply_id`,
    [siteId, cannedReplyId, vendorId],
  )
  return rows.length > 0
}
