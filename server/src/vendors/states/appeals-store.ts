import type { Sql } from '../../storage/database.ts'

export async function insertAppeal(
  sql: Sql,
  siteId: string,
  appeal: { vendorId: string; appealId: string; at: Date; byId: string; byName: string; text: string },
): Promise<void> {
  await sql.query(
    `insert into vendor_appeals (site_id, vendor_id, appeal_id, at, by_id, by_name, text)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [siteId, appeal.vendorId, appeal.appealId, appeal.at, appeal.byId, appeal.byName, appeal.text],
  )
}

/** Locked, so that of two who decide at once one is told that it was decided. */
export async function openAppeal(
  sql: Sql,
  siteId: string,
  vendorId: string,
): Promise<{ appeal_id: string } | undefined> {
  const [row] = await sql.query<{ appeal_id: string }>(
    `select appeal_id from vendor_appeals where site_id = $1 and vendor_id = $2 and decided_at is null for update`,
    [siteId, vendorId],
  )
  return row
}

export async function decideAppeal(
  sql: Sql,
  siteId: string,
  appealId: string,
  decision: { at: Date; byId: string; byName: string; verdict: 'grant' | 'keep'; reason: string },
): Promise<void> {
  await sql.query(
    `update vendor_appeals set decided_at = $3, decided_by = $4, decided_by_name = $5, verdict = $6, reason = $7
     where site_id = $1 and appeal_id = $2`,
    [siteId, appealId, decision.at, decision.byId, decision.byName, decision.verdict, decision.reason],
  )
}

/** Whether any of these is not a conversation that this vendor had. */
export async function foreignConversations(
  sql: Sql,
  siteId: string,
  vendorId: string,
  conversationIds: readonly string[],
): Promise<boolean> {
  if (conversationIds.length === 0) return false
  const [row] = await sql.query<{ own: number }>(
    `select count(*) as own from events where conversation_id = any($3::text[]) and site_id = $1 and seq = 1
       and payload->'with'->>'vendorId' = $2`,
    [siteId, vendorId, conversationIds],
  )
  return row?.own !== new Set(conversationIds).size
}
