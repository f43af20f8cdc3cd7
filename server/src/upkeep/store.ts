import type { Sql } from '../storage/database.ts'

/** Enough to tell a whole backup from half of one. */
export interface Holdings {
  conversations: number
  events: number
  /** The sum of all conversations' heads: one lost event anywhere changes it. */
  heads: number
  lastEventAt: string | null
}

export async function holdingsOf(sql: Sql): Promise<Holdings> {
  const [row] = await sql.query<{
    conversations: number
    events: number
    heads: number
    last_at: Date | null
  }>(
    `select (select count(*) from conversations) as conversations, (select count(*) from events) as events,
       (select coalesce(sum(seq), 0) from conversations) as heads, (select max(at) from events) as last_at`,
  )
  if (!row) throw new Error('The database did not count what it holds.')
  const { last_at: lastAt, ...counts } = row
  return { ...counts, lastEventAt: lastAt?.toISOString() ?? null }
}

/** What was ended since the backup must not live again: everybody signs in anew, and links are made anew. */
export async function endSignIns(sql: Sql): Promise<void> {
  await sql.query('delete from member_sessions')
  await sql.query('delete from one_time_links')
  await sql.query('delete from member_presence')
}

export async function siteIds(sql: Sql): Promise<string[]> {
  const rows = await sql.query<{ site_id: string }>('select site_id from sites order by site_id')
  return rows.map((row) => row.site_id)
}
