import { csvLine } from '../csv.ts'
import type { Sql } from '../storage/database.ts'
import { type AuditFilter, auditAfter, type ListedLine } from './store.ts'

export type ExportFormat = 'jsonl' | 'csv'

const linesAtOnce = 500

const columns = [
  'number',
  'at',
  'actorId',
  'actor',
  'actingAs',
  'sessionId',
  'requestId',
  'action',
  'object',
  'result',
  'reason',
  'ip',
  'hash',
] as const

/** Oldest first, page by page. The last line carries a number and a hash: a head to keep elsewhere. */
export async function* exportAudit(
  sql: Sql,
  siteId: string,
  filter: AuditFilter,
  format: ExportFormat,
): AsyncGenerator<string> {
  if (format === 'csv') yield csvLine(columns)
  for (let after = 0; ; ) {
    const lines = await auditAfter(sql, siteId, filter, after, linesAtOnce)
    if (lines.length > 0) yield lines.map((line) => written(line, format)).join('')
    const last = lines.at(-1)
    if (!last || lines.length < linesAtOnce) return
    after = last.number
  }
}

function written(line: ListedLine, format: ExportFormat): string {
  const record = {
    number: line.number,
    at: line.at.toISOString(),
    actorId: line.actor_id,
    actor: line.actor_name,
    actingAs: line.acting_as,
    sessionId: line.session_id,
    requestId: line.request_id,
    action: line.action,
    object: line.object,
    result: line.result,
    reason: line.reason,
    ip: line.ip,
    hash: line.hash,
  } satisfies Record<(typeof columns)[number], string | number | null>
  return format === 'csv' ? csvLine(columns.map((name) => record[name])) : `${JSON.stringify(record)}\n`
}
