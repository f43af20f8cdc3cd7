import type { Sql } from '../storage/database.ts'
import type { ChainedLine } from './chain.ts'

export interface AuditFilter {
  actorId?: string | undefined
  /** An action, or the area before its first dot: `member` finds `member.saved`. */
  action?: string | undefined
  object?: string | undefined
  from?: string | undefined
  to?: string | undefined
}

export interface ListedLine {
  number: number
  at: Date
  actor_id: string
  actor_name: string | null
  acting_as: string | null
  session_id: string | null
  request_id: string | null
  action: string
  object: string
  result: 'done' | 'refused'
  reason: string | null
  ip: string | null
  hash: string
}

const listed = `number, at, actor_id, actor_name, acting_as, session_id, request_id, action, object, result, reason, ip,
  hash`

const matching = `chain = $1 and ($2::text is null or actor_id = $2)
  and ($3::text is null or action = $3 or starts_with(action, $3 || '.'))
  and ($4::text is null or object = $4)
  and ($5::timestamptz is null or at >= $5) and ($6::timestamptz is null or at < $6)`

function paramsOf(siteId: string, filter: AuditFilter): (string | null)[] {
  const { actorId, action, object, from, to } = filter
  return [siteId, actorId ?? null, action ?? null, object ?? null, from ?? null, to ?? null]
}

/** Newest first, before a number. */
export async function pageOfAudit(
  sql: Sql,
  siteId: string,
  filter: AuditFilter,
  before: number | null,
  limit: number,
): Promise<ListedLine[]> {
  return sql.query(
    `select ${listed} from audit where ${matching} and ($7::bigint is null or number < $7)
     order by number desc limit $8`,
    [...paramsOf(siteId, filter), before, limit],
  )
}

/** Oldest first, after a number: for exports, which end where the log ends. */
export async function auditAfter(
  sql: Sql,
  siteId: string,
  filter: AuditFilter,
  after: number,
  limit: number,
): Promise<ListedLine[]> {
  return sql.query(`select ${listed} from audit where ${matching} and number > $7 order by number limit $8`, [
    ...paramsOf(siteId, filter),
    after,
    limit,
  ])
}

export interface Head {
  chain: string
  number: number
  hash: string
}

export async function headsOf(sql: Sql, chains: readonly string[] | 'all'): Promise<Head[]> {
  return sql.query<Head>(
    `select chain, number, hash from audit_heads where $1::text[] is null or chain = any($1::text[]) order by chain`,
    [chains === 'all' ? null : chains],
  )
}

/** Chains there are lines of, with or without a head: a head that was removed hides nothing. */
export async function chainsWithLines(sql: Sql): Promise<string[]> {
  const rows = await sql.query<{ chain: string }>(
    `with recursive found as (
       (select min(chain) as chain from audit)
       union all select (select min(a.chain) from audit a where a.chain > found.chain) from found
         where found.chain is not null)
     select chain from found where chain is not null`,
  )
  return rows.map(({ chain }) => chain)
}

export async function linesAfter(
  sql: Sql,
  chain: string,
  after: { number: number; auditId: number },
  upTo: number,
  limit: number,
): Promise<ChainedLine[]> {
  return sql.query<ChainedLine>(
    `select audit_id as "auditId", chain, number, previous_hash as "previousHash", hash, at, actor_id as "actorId",
       acting_as as "actingAs", session_id as "sessionId", request_id as "requestId", action, object, result,
       before_digest as "beforeDigest", after_digest as "afterDigest", who_digest as "whoDigest",
       reason_digest as "reasonDigest", actor_name as "actorName", ip, who_salt as "whoSalt", reason,
       reason_salt as "reasonSalt"
     from audit where chain = $1 and (number, audit_id) > ($2, $3) and number <= $4
     order by number, audit_id limit $5`,
    [chain, after.number, after.auditId, upTo, limit],
  )
}

/** A line that was put in past the chain: without a place, or behind the head. One statement sees one moment. */
export async function strayLine(
  sql: Sql,
  chain: string,
): Promise<{ auditId: number; number: number | null } | undefined> {
  const [row] = await sql.query<{ auditId: number; number: number | null }>(
    `select audit_id as "auditId", number from audit
     where (hash is null and coalesce(site_id, '') = $1)
       or (chain = $1 and number > coalesce((select number from audit_heads where chain = $1), 0))
     order by audit_id limit 1`,
    [chain],
  )
  return row
}

/** Name and address of one person, whatever they did; the lines stay, under the pseudonymous id. */
export async function eraseWho(sql: Sql, siteId: string, actorId: string): Promise<number> {
  const rows = await sql.query(
    `update audit set actor_name = null, ip = null, who_salt = null
     where site_id = $1 and actor_id = $2 and who_salt is not null returning audit_id`,
    [siteId, actorId],
  )
  return rows.length
}

/** The address of whoever came, where nobody was signed in yet and the server wrote the line itself. */
export async function eraseWhoAtTheDoor(
  sql: Sql,
  siteId: string,
  objects: readonly string[],
): Promise<number> {
  const rows = await sql.query(
    `update audit set actor_name = null, ip = null, who_salt = null
     where site_id = $1 and object = any($2::text[]) and actor_id like 'system:%' and ip is not null
     returning audit_id`,
    [siteId, objects],
  )
  return rows.length
}

/** Reasons that were written about one object: they may name somebody. */
export async function eraseReasons(sql: Sql, siteId: string, objects: readonly string[]): Promise<number> {
  const rows = await sql.query(
    `update audit set reason = null, reason_salt = null
     where site_id = $1 and object = any($2::text[]) and reason is not null returning audit_id`,
    [siteId, objects],
  )
  return rows.length
}

/** Lines by whoever is under a legal hold, about them, or about a conversation with them, say who and why as long as it lasts. */
const old = `site_id = $1 and at < $2 and (who_salt is not null or reason is not null)
  and actor_id not in (select contact_id from held_contacts where site_id = $1)
  and coalesce(substring(object from 'conversation:[^ ]+$'), object) not in (
    select 'contact:' || contact_id from held_contacts where site_id = $1
    union all select 'conversation:' || conversation_id from held_conversations where site_id = $1)`

/** Lines before a moment that still say who or why, up to so many. */
export async function countOld(sql: Sql, siteId: string, before: Date, atMost: number): Promise<number> {
  const [row] = await sql.query<{ n: number }>(
    `select count(*)::int as n from (select from audit where ${old} limit $3) o`,
    [siteId, before, atMost],
  )
  return row?.n ?? 0
}

/** Names, addresses and reasons of the oldest of them; the lines stay, and the chain holds. */
export async function eraseOld(sql: Sql, siteId: string, before: Date, limit: number): Promise<number> {
  const rows = await sql.query(
    `update audit set actor_name = null, ip = null, who_salt = null, reason = null, reason_salt = null
     where audit_id in (select audit_id from audit where ${old} order by at limit $3) returning audit_id`,
    [siteId, before, limit],
  )
  return rows.length
}

export async function siteIdOfKey(sql: Sql, siteKey: string): Promise<string | undefined> {
  const [row] = await sql.query<{ site_id: string }>('select site_id from sites where site_key = $1', [
    siteKey,
  ])
  return row?.site_id
}

export async function siteKeys(sql: Sql): Promise<Map<string, string>> {
  const rows = await sql.query<{ site_id: string; site_key: string }>('select site_id, site_key from sites')
  return new Map(rows.map((row) => [row.site_id, row.site_key]))
}

export async function isChained(sql: Sql): Promise<boolean> {
  const [row] = await sql.query<{ found: string | null }>(`select to_regclass('audit_heads')::text as found`)
  return row?.found != null
}
