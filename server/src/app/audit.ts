import { createHash } from 'node:crypto'
import { type Actor, actorIdOf, authorOf } from '@parley/shared/people.ts'
import type { Sql } from '../storage/database.ts'

export interface AuditLine {
  action: string
  /** Kind and id of what it was done to: `queue:que_1`. Never text of messages, never addresses. */
  object: string
  reason?: string
  ip?: string
  result?: 'done' | 'refused'
  /** Of a wish that shared its transaction with others; otherwise the transaction knows it. */
  requestId?: string
  /** For whom it was done, by somebody who acts for them. */
  actingAs?: string
  /** What it was like before and after, kept as digests: enough to compare, nothing to read. */
  before?: unknown
  after?: unknown
}

export interface AuditRow {
  actor: Actor
  line: AuditLine
  sessionId?: string | null
  /** Nothing is written when the same actor did the same to the same object within this time. */
  quietMs?: number
}

/**
 * Written in the same transaction as the act; if it cannot be written, the act fails. The time is the database's: nodes
 * whose clocks disagree still write one order. Session and request are known to the transaction (see `noteRequest`).
 */
export async function writeAudit(sql: Sql, actor: Actor, line: AuditLine): Promise<void> {
  await insertAudit(sql, [{ actor, line }])
}

/** Several lines at once; a line of no site has an actor whose site is empty. */
export async function insertAudit(sql: Sql, rows: readonly AuditRow[]): Promise<void> {
  // Every writer takes the chains in one order, so that two of them never wait for each other.
  const ordered = [...rows].sort((a, b) => a.actor.siteId.localeCompare(b.actor.siteId, 'en'))
  await sql.query(
    `insert into audit (site_id, actor_id, actor_name, acting_as, session_id, request_id, action, object, result,
       reason, ip, before_digest, after_digest)
     select nullif(n.site_id, ''), n.actor_id, n.actor_name, n.acting_as,
       coalesce(n.session_id, nullif(current_setting('parley.session_id', true), '')),
       coalesce(n.request_id, nullif(current_setting('parley.request_id', true), '')),
       n.action, n.object, n.result, n.reason, n.ip, n.before_digest, n.after_digest
     from json_to_recordset($1::json) as n(site_id text, actor_id text, actor_name text, acting_as text,
       session_id text, request_id text, action text, object text, result text, reason text, ip text,
       before_digest text, after_digest text, quiet_ms float8)
     where n.quiet_ms is null or not exists (
       select from audit a where a.site_id = n.site_id and a.actor_id = n.actor_id and a.action = n.action
         and a.object = n.object and a.at > clock_timestamp() - n.quiet_ms * interval '1 millisecond')`,
    [JSON.stringify(ordered.map(recordOf))],
  )
}

function recordOf({ actor, line, sessionId, quietMs }: AuditRow) {
  return {
    site_id: actor.siteId,
    actor_id: actorIdOf(actor),
    actor_name: onOneLine(authorOf(actor).name),
    acting_as: line.actingAs ?? null,
    session_id: sessionId ?? null,
    request_id: line.requestId ?? null,
    action: onOneLine(line.action),
    object: onOneLine(line.object),
    result: line.result ?? 'done',
    reason: line.reason === undefined ? null : onOneLine(line.reason),
    ip: line.ip ?? null,
    before_digest: digestOf(line.before),
    after_digest: digestOf(line.after),
    quiet_ms: quietMs ?? null,
  }
}

/** Control characters, and those that turn the direction of text, would let a line pretend to be several or another. */
export function onOneLine(text: string): string {
  return text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function digestOf(value: unknown): string | null {
  if (value === undefined) return null
  return createHash('sha256').update(JSON.stringify(value)).digest('hex')
}
