import type { Sql } from '../storage/database.ts'

/** A member who has not been disabled, of a vendor that is active. */
export async function isStillAnswering(sql: Sql, siteId: string, memberId: string): Promise<boolean> {
  const rows = await sql.query(
    `select 1 as one from members m left join vendors v on v.site_id = m.site_id and v.vendor_id = m.vendor_id
     where m.site_id = $1 and m.member_id = $2 and m.disabled_at is null and (v.is_active or m.vendor_id is null)`,
    [siteId, memberId],
  )
  return rows.length > 0
}

export interface Original {
  /** Sealed as it is stored; empty once the message was redacted. */
  words: string
  isRestored: boolean
}

export async function findOriginal(
  sql: Sql,
  conversationId: string,
  messageId: string,
): Promise<Original | undefined> {
  const [row] = await sql.query<{ sealed: string; is_restored: boolean }>(
    `select e.payload->>'sealed' as sealed, exists (
       select 1 from events r where r.conversation_id = e.conversation_id and r.type = 'messageRestored'
         and r.payload->>'messageId' = $2) as is_restored
     from events e where e.conversation_id = $1 and e.type = 'originalKept' and e.payload->>'messageId' = $2`,
    [conversationId, messageId],
  )
  return row && { words: row.sealed, isRestored: row.is_restored }
}

export async function isRedacted(sql: Sql, conversationId: string, messageId: string): Promise<boolean> {
  const rows = await sql.query(
    `select 1 as one from events where conversation_id = $1 and type = 'messageRedacted'
       and payload->>'messageId' = $2`,
    [conversationId, messageId],
  )
  return rows.length > 0
}

/** As `afterRedaction` does in memory; answers the files, which are out of reach from now on. */
export async function blankMessage(
  sql: Sql,
  siteId: string,
  conversationId: string,
  messageIds: readonly string[],
): Promise<string[]> {
  const about = `conversation_id = $1 and payload->>'messageId' = any($2::text[])`
  const files = await sql.query<{ file_id: string }>(
    `update files set state = 'swept', sent_at = null, held_as = null where site_id = $3 and file_id in (
       select f->>'fileId' from events, jsonb_array_elements(payload->'files') f
       where ${about} and type in ('messageSent', 'vendorMessageHeld', 'customerMessageHeld'))
     returning file_id`,
    [conversationId, messageIds, siteId],
  )
  await sql.query(
    `update events set payload = payload || (case type
       when 'messageSent' then '{"text":"","files":[],"isRedacted":true}'
       when 'messageRestored' then '{"text":""}'
       when 'originalKept' then '{"sealed":""}'
       else '{"text":"","files":[]}' end)::jsonb
     where ${about} and type in ('messageSent', 'vendorMessageHeld', 'customerMessageHeld', 'messageRestored',
       'originalKept')`,
    [conversationId, messageIds],
  )
  return files.map((row) => row.file_id)
}

export async function setBlocked(sql: Sql, siteId: string, contactId: string, at: string | null) {
  await sql.query('update contacts set blocked_at = $3::timestamptz where site_id = $1 and contact_id = $2', [
    siteId,
    contactId,
    at,
  ])
}
