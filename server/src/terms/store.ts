import type { Author } from '@parley/shared/people.ts'
import type { TermRules } from '@parley/shared/protocol/terms.ts'
import type { Sql } from '../storage/database.ts'

export interface TermRulesRow {
  version: number
  rules: TermRules
  saved_at: Date
  saved_by: string
}

/** Newest first, before a version or from the newest. */
export async function termRulesOf(
  sql: Sql,
  siteId: string,
  { before, limit }: { before: number | null; limit: number },
): Promise<TermRulesRow[]> {
  return sql.query<TermRulesRow>(
    `select version, rules, saved_at, saved_by from term_rules
     where site_id = $1 and ($2::int is null or version < $2) order by version desc limit $3`,
    [siteId, before, limit],
  )
}

/** Whoever changes the rules of the site next waits until this transaction has ended. */
export async function lockTermRules(sql: Sql, siteId: string): Promise<void> {
  await sql.query('select from sites where site_id = $1 for no key update', [siteId])
}

/** Says whether nobody was faster: a version is written once. */
export async function appendTermRules(
  sql: Sql,
  siteId: string,
  { version, rules, saved_at, saved_by, savedById }: TermRulesRow & { savedById: string },
): Promise<boolean> {
  const rows = await sql.query(
    `insert into term_rules (site_id, version, rules, saved_at, saved_by, saved_by_id)
     select $1, $2::int, $3::jsonb, $4, $5, $6
     where $2::int = coalesce((select max(version) from term_rules where site_id = $1), 0) + 1
     on conflict do nothing returning version`,
    [siteId, version, JSON.stringify(rules), saved_at, saved_by, savedById],
  )
  return rows.length > 0
}

/** Which of these are no vendors of the site. */
export async function unknownVendors(
  sql: Sql,
  siteId: string,
  vendorIds: readonly string[],
): Promise<string[]> {
  const rows = await sql.query<{ vendor_id: string }>(
    `select asked.vendor_id from unnest($2::text[]) as asked(vendor_id)
     left join vendors v on v.site_id = $1 and v.vendor_id = asked.vendor_id where v.vendor_id is null`,
    [siteId, [...vendorIds]],
  )
  return rows.map((row) => row.vendor_id)
}

export interface PastMessageRow {
  conversation_id: string
  vendor_id: string
  seq: number
  at: Date
  by: Author
  message_id: string
  text: string
}

/** The newest messages of the conversations with vendors that moved last: both numbers bound what is read. */
export async function pastMessages(
  sql: Sql,
  siteId: string,
  { since, conversations, messages }: { since: Date; conversations: number; messages: number },
): Promise<PastMessageRow[]> {
  return sql.query<PastMessageRow>(
    `select e.conversation_id, c.vendor_id, e.seq, e.at, e.by, e.payload->>'messageId' as message_id,
       e.payload->>'text' as text
     from (select conversation_id, vendor_id from conversations
           where site_id = $1 and vendor_id is not null and updated_at >= $2
           order by updated_at desc limit $3) c
     join events e on e.conversation_id = c.conversation_id
     where e.type = 'messageSent' and e.at >= $2 and e.payload->>'text' <> '' and e.by->>'side' in ('customer', 'vendor')
     order by e.at desc, e.conversation_id, e.seq desc limit $4`,
    [siteId, since, conversations, messages],
  )
}
