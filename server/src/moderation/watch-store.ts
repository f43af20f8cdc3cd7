import type { MemberActor } from '@parley/shared/people.ts'
import type { Sql } from '../storage/database.ts'

export interface WatchRow {
  watchId: string
  siteId: string
  conversationId: string
  memberId: string
  memberName: string
  startedAt: Date
  seenAt: Date
}

export async function insertWatch(
  sql: Sql,
  watch: {
    watchId: string
    nodeId: string
    member: MemberActor
    conversationId: string
    reason: string | undefined
    at: Date
  },
): Promise<void> {
  const { siteId, memberId } = watch.member
  await sql.query(
    `insert into watches (watch_id, site_id, conversation_id, member_id, reason, node_id, started_at, seen_at)
     values ($1, $2, $3, $4, $5, $6, $7, $7)`,
    [watch.watchId, siteId, watch.conversationId, memberId, watch.reason ?? null, watch.nodeId, watch.at],
  )
}

const columns = `w.watch_id as "watchId", w.site_id as "siteId", w.conversation_id as "conversationId",
  w.member_id as "memberId", m.name as "memberName", w.started_at as "startedAt", w.seen_at as "seenAt"`

/** Once only: whoever ends it writes the line of its end. */
export async function endWatch(
  sql: Sql,
  watchId: string,
  at: Date,
): Promise<(WatchRow & { endedAt: Date }) | undefined> {
  const [row] = await sql.query<WatchRow & { endedAt: Date }>(
    `update watches w set ended_at = greatest($2::timestamptz, w.started_at) from members m
     where w.watch_id = $1 and w.ended_at is null and m.member_id = w.member_id
     returning ${columns}, w.ended_at as "endedAt"`,
    [watchId, at],
  )
  return row
}

export async function watchesSeen(sql: Sql, watchIds: readonly string[], at: Date): Promise<void> {
  if (watchIds.length === 0) return
  await sql.query('update watches set seen_at = $2 where watch_id = any($1::text[]) and ended_at is null', [
    watchIds,
    at,
  ])
}

export async function openWatchesSeenBefore(sql: Sql, before: Date): Promise<WatchRow[]> {
  return sql.query<WatchRow>(
    `select ${columns} from watches w join members m on m.member_id = w.member_id
     where w.ended_at is null and w.seen_at < $1 order by w.seen_at limit 200`,
    [before],
  )
}
