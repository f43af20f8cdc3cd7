import type { SiteSettings } from '@parley/shared/protocol/settings.ts'
import type { Sql } from '../storage/database.ts'
import type { StoredSettings } from './default-settings.ts'

interface SiteRow {
  site_id: string
  site_key: string
  settings: StoredSettings
}

const siteColumns = 'site_id, site_key, settings'

function siteOf(row: SiteRow | undefined): SiteSettings | undefined {
  return row && Object.freeze({ ...current(row.settings), siteId: row.site_id, siteKey: row.site_key })
}

/** Sites from before the roll-out had it hold two switches that only their first migration reads. */
function current({
  moderation: _typingPreview,
  rooms: _rooms,
  ...settings
}: StoredSettings & { moderation?: unknown; rooms?: unknown }): StoredSettings {
  return settings
}

export async function siteByKey(sql: Sql, siteKey: string): Promise<SiteSettings | undefined> {
  const [row] = await sql.query<SiteRow>(`select ${siteColumns} from sites where site_key = $1`, [siteKey])
  return siteOf(row)
}

export async function siteById(sql: Sql, siteId: string): Promise<SiteSettings | undefined> {
  const [row] = await sql.query<SiteRow>(`select ${siteColumns} from sites where site_id = $1`, [siteId])
  return siteOf(row)
}

export async function hasAnySite(sql: Sql): Promise<boolean> {
  return (await sql.query('select 1 as one from sites limit 1')).length > 0
}

export async function insertSite(
  sql: Sql,
  site: { siteId: string; siteKey: string; settings: StoredSettings; at: Date },
): Promise<void> {
  await sql.query(
    'insert into sites (site_id, site_key, settings, created_at) values ($1, $2, $3::jsonb, $4)',
    [site.siteId, site.siteKey, JSON.stringify(site.settings), site.at],
  )
}

/** Until the transaction ends nobody else saves: two changes at once do not undo each other. */
export async function lockedSettings(sql: Sql, siteId: string): Promise<StoredSettings> {
  const [row] = await sql.query<{ settings: StoredSettings }>(
    'select settings from sites where site_id = $1 for update',
    [siteId],
  )
  if (!row) throw new Error(`The site ${siteId} is not there`)
  return current(row.settings)
}

export async function updateSettings(sql: Sql, siteId: string, settings: StoredSettings): Promise<void> {
  await sql.query('update sites set settings = $2::jsonb where site_id = $1', [
    siteId,
    JSON.stringify(settings),
  ])
}

export async function updateSiteKey(sql: Sql, siteId: string, siteKey: string): Promise<void> {
  await sql.query('update sites set site_key = $2 where site_id = $1', [siteId, siteKey])
}

/** Somebody who answers for support is online and available: enough for the first line of the panel. */
export async function isSupportPresent(sql: Sql, siteId: string, seenAfter: Date): Promise<boolean> {
  const rows = await sql.query(
    `select 1 as one
     from members m
     join queue_members qm on qm.site_id = m.site_id and qm.member_id = m.member_id
     join queues q on q.site_id = qm.site_id and q.queue_id = qm.queue_id
     where m.site_id = $1 and q.kind = 'support' and q.removed_at is null
       and m.disabled_at is null and m.availability = 'available'
       and exists (select from member_presence p where p.member_id = m.member_id and p.seen_at > $2)
     limit 1`,
    [siteId, seenAfter],
  )
  return rows.length > 0
}

export async function setLoaderSeen(sql: Sql, siteId: string, at: Date): Promise<void> {
  await sql.query('update sites set loader_seen_at = $2 where site_id = $1', [siteId, at])
}

/** A page can claim any origin: no more than fifty are remembered for a site, the latest ones. */
export async function setOriginSeen(sql: Sql, siteId: string, origin: string, at: Date): Promise<void> {
  await sql.query(
    `insert into site_origins (site_id, origin, seen_at) values ($1, $2, $3)
     on conflict (site_id, origin) do update set seen_at = excluded.seen_at`,
    [siteId, origin, at],
  )
  await sql.query(
    `delete from site_origins where site_id = $1 and origin not in
       (select origin from site_origins where site_id = $1 order by seen_at desc, origin limit 50)`,
    [siteId],
  )
}

export async function setIdentitySeen(sql: Sql, siteId: string, at: Date): Promise<void> {
  await sql.query('update sites set identity_seen_at = $2, identity_problem = null where site_id = $1', [
    siteId,
    at,
  ])
}

export async function setIdentityProblem(sql: Sql, siteId: string, problem: string): Promise<void> {
  await sql.query('update sites set identity_problem = $2 where site_id = $1', [siteId, problem])
}

export interface InstallationRow {
  loader_seen_at: Date | null
  identity_seen_at: Date | null
  identity_problem: string | null
}

export async function installationOf(sql: Sql, siteId: string): Promise<InstallationRow | undefined> {
  const [row] = await sql.query<InstallationRow>(
    'select loader_seen_at, identity_seen_at, identity_problem from sites where site_id = $1',
    [siteId],
  )
  return row
}

export async function originsSeen(sql: Sql, siteId: string): Promise<{ origin: string; seen_at: Date }[]> {
  return sql.query('select origin, seen_at from site_origins where site_id = $1 order by seen_at desc', [
    siteId,
  ])
}
