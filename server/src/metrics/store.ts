import type { Sql } from '../storage/database.ts'

/** What stands in the database, over all sites: the same from every node. */
export interface Standing {
  conversations: { status: string; count: number }[]
  waiting: { kind: string; count: number; oldest_s: number }[]
  jobs: { kind: string; state: string; count: number }[]
}

export async function readStanding(sql: Sql, now: Date): Promise<Standing> {
  const [conversations, waiting, jobs] = await Promise.all([
    sql.query<Standing['conversations'][number]>(
      `select status, count(*)::int as count from conversations where status <> 'closed' group by status`,
    ),
    sql.query<Standing['waiting'][number]>(
      `select q.kind, count(*)::int as count,
         greatest(extract(epoch from $1::timestamptz - min(coalesce(c.waiting_since, c.started_at))), 0)::float8 as oldest_s
       from conversations c join queues q on q.site_id = c.site_id and q.queue_id = c.queue_id
       where c.status in ('waiting', 'offered') group by q.kind`,
      [now],
    ),
    sql.query<Standing['jobs'][number]>(
      `select kind, case when parked_at is not null then 'parked' when due_at <= $1 then 'due' else 'planned' end as state,
         count(*)::int as count
       from timers group by 1, 2`,
      [now],
    ),
  ])
  return { conversations, waiting, jobs }
}
