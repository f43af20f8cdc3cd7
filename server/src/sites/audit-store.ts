import type { Sql } from '../storage/database.ts'

export interface AuditRow {
  audit_id: number
  at: Date
  actor_name: string
  action: string
  object: string
  reason: string | null
}

export async function auditOf(
  sql: Sql,
  siteId: string,
  before: number | null,
  limit: number,
): Promise<AuditRow[]> {
  return sql.query<AuditRow>(
    `select audit_id, at, actor_name, action, object, reason from audit
     where site_id = $1 and ($2::bigint is null or audit_id < $2) order by audit_id desc limit $3`,
    [siteId, before, limit],
  )
}
