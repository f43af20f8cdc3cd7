import type { Sql } from '../../storage/database.ts'

export interface KeyRow {
  kid: string
  algorithm: 'HS256' | 'EdDSA'
  sealed_key: string
  created_at: Date
  created_by: string
  last_used_at: Date | null
  revoked_at: Date | null
}

const columns = 'kid, algorithm, sealed_key, created_at, created_by, last_used_at, revoked_at'

export async function liveKey(sql: Sql, siteId: string, kid: string): Promise<KeyRow | undefined> {
  const [row] = await sql.query<KeyRow>(
    `select ${columns} from identity_keys where site_id = $1 and kid = $2 and revoked_at is null`,
    [siteId, kid],
  )
  return row
}

export async function allKeys(sql: Sql, siteId: string): Promise<KeyRow[]> {
  return sql.query<KeyRow>(
    `select ${columns} from identity_keys where site_id = $1 order by created_at desc, kid`,
    [siteId],
  )
}

/** Locks the site's row first, so that two keys made at once still count each other. */
export async function countLiveKeys(sql: Sql, siteId: string): Promise<number> {
  await sql.query('select site_id from sites where site_id = $1 for update', [siteId])
  const [row] = await sql.query<{ live: number }>(
    'select count(*)::int as live from identity_keys where site_id = $1 and revoked_at is null',
    [siteId],
  )
  return row?.live ?? 0
}

export async function insertKey(
  sql: Sql,
  siteId: string,
  key: Pick<KeyRow, 'kid' | 'algorithm' | 'sealed_key' | 'created_at' | 'created_by'>,
): Promise<void> {
  await sql.query(
    `insert into identity_keys (site_id, kid, algorithm, sealed_key, created_at, created_by)
     values ($1, $2, $3, $4, $5, $6)`,
    [siteId, key.kid, key.algorithm, key.sealed_key, key.created_at, key.created_by],
  )
}

export async function touchKey(sql: Sql, siteId: string, kid: string, at: Date): Promise<void> {
  await sql.query(
    `update identity_keys set last_used_at = $3
     where site_id = $1 and kid = $2 and (last_used_at is null or last_used_at < $3::timestamptz - interval '1 minute')`,
    [siteId, kid, at],
  )
}

export async function revokeKey(sql: Sql, siteId: string, kid: string, at: Date): Promise<boolean> {
  const rows = await sql.query(
    `update identity_keys set revoked_at = $3
     where site_id = $1 and kid = $2 and revoked_at is null returning kid`,
    [siteId, kid, at],
  )
  return rows.length > 0
}

export async function vendorsNamed(
  sql: Sql,
  siteId: string,
  names: readonly string[],
): Promise<{ vendor_id: string; external_id: string }[]> {
  if (names.length === 0) return []
  return sql.query(
    `select vendor_id, external_id from vendors
     where site_id = $1 and (external_id = any($2::text[]) or vendor_id = any($2::text[]))`,
    [siteId, names],
  )
}
