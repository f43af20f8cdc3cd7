import type { TriggerSettings } from '@parley/shared/protocol/triggers.ts'
import type { Rule } from '@parley/shared/triggers/rule.ts'
import type { Sql } from '../storage/database.ts'

export interface TriggerRow {
  trigger_id: string
  version: number
  name: string
  is_on: boolean
  rule: Rule
  saved_at: Date
  saved_by: string
}

const columns = 'v.trigger_id, v.version, v.name, v.is_on, v.rule, v.saved_at, v.saved_by'
const current = `select ${columns} from triggers t
  join trigger_versions v on v.site_id = t.site_id and v.trigger_id = t.trigger_id and v.version = t.version`

/** In the order they are asked. */
export async function triggersOf(sql: Sql, siteId: string): Promise<TriggerRow[]> {
  return sql.query<TriggerRow>(`${current} where t.site_id = $1 order by t.place, t.trigger_id`, [siteId])
}

export async function triggerById(
  sql: Sql,
  siteId: string,
  triggerId: string,
): Promise<TriggerRow | undefined> {
  const [row] = await sql.query<TriggerRow>(
    `${current} where t.site_id = $1 and t.trigger_id = $2 for update of t`,
    [siteId, triggerId],
  )
  return row
}

export async function versionsOf(sql: Sql, siteId: string, triggerId: string): Promise<TriggerRow[]> {
  return sql.query<TriggerRow>(
    `select ${columns} from trigger_versions v
     join triggers t on t.site_id = v.site_id and t.trigger_id = v.trigger_id
     where v.site_id = $1 and v.trigger_id = $2 order by v.version desc limit 100`,
    [siteId, triggerId],
  )
}

/** Rules of one site are changed one after the other, so that their order and number hold. */
export async function lockTriggers(sql: Sql, siteId: string): Promise<number> {
  await sql.query('select site_id from sites where site_id = $1 for update', [siteId])
  const [row] = await sql.query<{ count: number }>(
    'select count(*)::int as count from triggers where site_id = $1',
    [siteId],
  )
  return row?.count ?? 0
}

export async function insertVersion(sql: Sql, siteId: string, row: TriggerRow): Promise<void> {
  await sql.query(
    `insert into triggers (site_id, trigger_id, place, version)
     values ($1, $2, (select coalesce(max(place), 0) + 1 from triggers where site_id = $1), $3)
     on conflict (site_id, trigger_id) do update set version = excluded.version`,
    [siteId, row.trigger_id, row.version],
  )
  await sql.query(
    `insert into trigger_versions (site_id, trigger_id, version, name, is_on, rule, saved_at, saved_by)
     values ($1, $2, $3, $4, $5, $6::jsonb, $7, $8)`,
    [
      siteId,
      row.trigger_id,
      row.version,
      row.name,
      row.is_on,
      JSON.stringify(row.rule),
      row.saved_at,
      row.saved_by,
    ],
  )
}

export async function deleteTrigger(sql: Sql, siteId: string, triggerId: string): Promise<boolean> {
  const rows = await sql.query(
    'delete from triggers where site_id = $1 and trigger_id = $2 returning trigger_id',
    [siteId, triggerId],
  )
  return rows.length > 0
}

export async function setPlaces(sql: Sql, siteId: string, triggerIds: readonly string[]): Promise<void> {
  await sql.query(
    `update triggers set place = wanted.place
     from unnest($2::text[]) with ordinality as wanted(trigger_id, place)
     where triggers.site_id = $1 and triggers.trigger_id = wanted.trigger_id`,
    [siteId, triggerIds],
  )
}

export async function settingsOf(sql: Sql, siteId: string): Promise<Partial<TriggerSettings>> {
  const [row] = await sql.query<{ settings: Partial<TriggerSettings> }>(
    'select settings from trigger_settings where site_id = $1',
    [siteId],
  )
  return row?.settings ?? {}
}

export async function saveSettings(sql: Sql, siteId: string, settings: TriggerSettings): Promise<void> {
  await sql.query(
    `insert into trigger_settings (site_id, settings) values ($1, $2::jsonb)
     on conflict (site_id) do update set settings = excluded.settings`,
    [siteId, JSON.stringify(settings)],
  )
}

export interface CountRow {
  trigger_id: string
  name: string
  times: number
}

/** Sorted before it is written, so that two batches never wait for each other in a circle. */
export async function addCounts(
  sql: Sql,
  siteId: string,
  day: string,
  counts: readonly CountRow[],
): Promise<void> {
  const sorted = [...counts].sort((one, other) =>
    `${one.trigger_id} ${one.name}` < `${other.trigger_id} ${other.name}` ? -1 : 1,
  )
  await sql.query(
    `insert into trigger_counts (site_id, trigger_id, day, name, times)
     select $1, new.trigger_id, $2::date, new.name, new.times
     from unnest($3::text[], $4::text[], $5::int[]) as new(trigger_id, name, times)
     on conflict (site_id, trigger_id, day, name)
     do update set times = trigger_counts.times + excluded.times`,
    [
      siteId,
      day,
      sorted.map((row) => row.trigger_id),
      sorted.map((row) => row.name),
      sorted.map((row) => row.times),
    ],
  )
}

export async function countsSince(sql: Sql, siteId: string, day: string): Promise<CountRow[]> {
  return sql.query<CountRow>(
    `select trigger_id, name, sum(times)::int as times from trigger_counts
     where site_id = $1 and day >= $2::date group by trigger_id, name`,
    [siteId, day],
  )
}

export async function shownPerDay(
  sql: Sql,
  siteId: string,
  day: string,
): Promise<{ day: string; times: number }[]> {
  return sql.query<{ day: string; times: number }>(
    `select to_char(day, 'YYYY-MM-DD') as day, sum(times)::int as times from trigger_counts
     where site_id = $1 and day >= $2::date and name = 'shown' group by day order by day`,
    [siteId, day],
  )
}
