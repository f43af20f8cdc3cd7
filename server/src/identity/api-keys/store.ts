import type { KeyScope } from '@parley/shared/policy/key-scopes.ts'
import type { Sql } from '../../storage/database.ts'

export interface ApiKeyRow {
  site_id: string
  key_id: string
  name: string
  scopes: KeyScope[]
  created_at: Date
  created_by: string
  last_used_at: Date | null
  revoked_at: Date | null
}

const columns = 'site_id, key_id, name, scopes, created_at, created_by, last_used_at, revoked_at'

export async function liveKeyByHash(sql: Sql, hash: string): Promise<ApiKeyRow | undefined> {
  const [row] = await sql.query<ApiKeyRow>(
    `select ${columns} from api_keys where secret_hash = $1 and revoked_at is null`,
    [hash],
  )
  return row
}

export async function allKeys(sql: Sql, siteId: string): Promise<ApiKeyRow[]> {
  return sql.query<ApiKeyRow>(
    `select ${columns} from api_keys where site_id = $1 order by created_at desc, key_id`,
    [siteId],
  )
}

/** Locks the site's row first, so that two keys made at once still count each other. */
export async function countLiveKeys(sql: Sql, siteId: string): Promise<number> {
  await sql.query('select site_id from sites where site_id = $1 for update', [siteId])
  const [row] = await sql.query<{ live: number }>(
    'select count(*)::int as live from api_keys where site_id = $1 and revoked_at is null',
    [siteId],
  )
  return row?.live ?? 0
}

export async function insertKey(
  sql: Sql,
  key: Pick<ApiKeyRow, 'site_id' | 'key_id' | 'name' | 'scopes' | 'created_at' | 'created_by'>,
  secretHash: string,
): Promise<void> {
  await sql.query(
    `insert into api_keys (site_id, key_id, name, scopes, secret_hash, created_at, created_by)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [key.site_id, key.key_id, key.name, key.scopes, secretHash, key.created_at, key.created_by],
  )
}

/** To the minute: a busy key does not write with each request. */
export async function touchKey(sql: Sql, siteId: string, keyId: string, at: Date): Promise<void> {
  await sql.query(
    `update api_keys set last_used_at = $3 where site_id = $1 and key_id = $2
       and (last_used_at is null or last_used_at < $3::timestamptz - interval '1 minute')`,
    [siteId, keyId, at],
  )
}

export async function revokeKey(sql: Sql, siteId: string, keyId: string, at: Date): Promise<boolean> {
  const rows = await sql.query(
    `update api_keys set revoked_at = $3
     where site_id = $1 and key_id = $2 and revoked_at is null returning key_id`,
    [siteId, keyId, at],
  )
  return rows.length > 0
}
