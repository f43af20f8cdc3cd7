import type { PublicMember } from '@parley/shared/protocol/events.ts'
import type { Sql } from '../storage/database.ts'

export interface Line {
  siteId: string
  queueId: string
  offerSeconds: number
}

/** Queues that offer, and have somebody waiting who has not been offered. */
export async function linesWaiting(sql: Sql): Promise<Line[]> {
  const rows = await sql.query<{ site_id: string; queue_id: string; offer_seconds: number }>(
    `select q.site_id, q.queue_id, q.offer_seconds from queues q
     where q.mode = 'offer' and q.removed_at is null and exists (
       select 1 from conversations c
       where c.site_id = q.site_id and c.queue_id = q.queue_id and c.status = 'waiting')`,
  )
  return rows.map((row) => ({ siteId: row.site_id, queueId: row.queue_id, offerSeconds: row.offer_seconds }))
}

/** The longest waiting first. */
export async function nextInLine(sql: Sql, line: Line, limit: number): Promise<string[]> {
  const rows = await sql.query<{ conversation_id: string }>(
    `select conversation_id from conversations
     where site_id = $1 and queue_id = $2 and status = 'waiting' order by started_at, conversation_id limit $3`,
    [line.siteId, line.queueId, limit],
  )
  return rows.map((row) => row.conversation_id)
}

interface MemberRow {
  member_id: string
  name: string
  role: string
  vendor_name: string | null
}

function publicMemberFrom(row: MemberRow): PublicMember {
  return {
    memberId: row.member_id,
    name: row.name,
    party: row.role === 'vendor' ? 'vendor' : row.role === 'moderator' ? 'moderator' : 'support',
    ...(row.vendor_name === null ? {} : { of: row.vendor_name }),
  }
}

/**
 * Who is asked next: available, seen lately, with room left, not having let this conversation pass lately.
 * The least busy first; among equals the one who was assigned something longest ago.
 */
export async function candidatesFor(
  sql: Sql,
  line: Line,
  conversationId: string,
  seenAfter: Date,
  passedAfter: Date,
  now: Date,
): Promise<PublicMember[]> {
  const rows = await sql.query<MemberRow>(
    `select m.member_id, m.name, m.role, v.name as vendor_name
     from members m
     join queue_members qm on qm.site_id = m.site_id and qm.member_id = m.member_id and qm.queue_id = $2
     left join vendors v on v.site_id = m.site_id and v.vendor_id = m.vendor_id
     cross join lateral (select count(*) as open from conversations c where c.site_id = m.site_id
       and ((c.assignee_id = m.member_id and c.status = 'open') or c.offered_to = m.member_id)) as load
     where m.site_id = $1 and m.disabled_at is null and m.availability = 'available'
       and vendor_answers(m.site_id, m.member_id,
         (select topic_id from conversations where conversation_id = $3), $6)
       and load.open < case when v.state = 'restricted' then least(m.capacity, coalesce(v.capacity_limit, m.capacity))
         else m.capacity end
       and exists (select 1 from member_presence p where p.member_id = m.member_id and p.seen_at > $4)
       and not exists (select 1 from events e where e.conversation_id = $3 and e.type = 'offerLapsed' and e.at > $5
         and e.payload->'to'->>'memberId' = m.member_id)
     order by load.open, m.last_assigned_at nulls first, m.member_id limit 3`,
    [line.siteId, line.queueId, conversationId, seenAfter, passedAfter, now],
  )
  return rows.map(publicMemberFrom)
}

/** Conversations a restricted vendor's member may have at a time, and has; nothing when there is no such limit. */
export async function restrictedLoad(
  sql: Sql,
  siteId: string,
  memberId: string,
): Promise<{ limit: number; open: number } | undefined> {
  const [row] = await sql.query<{ capacity_limit: number; open: number }>(
    `select v.capacity_limit, (select count(*) from conversations c
         where c.site_id = m.site_id and c.assignee_id = m.member_id and c.status = 'open') as open
     from members m join vendors v on v.site_id = m.site_id and v.vendor_id = m.vendor_id
     where m.site_id = $1 and m.member_id = $2 and v.state = 'restricted' and v.capacity_limit is not null`,
    [siteId, memberId],
  )
  return row && { limit: row.capacity_limit, open: row.open }
}

export async function noteAssigned(sql: Sql, memberIds: readonly string[], at: Date): Promise<void> {
  // In one order, so that transactions with the same members never wait for each other.
  await sql.query(
    `update members m set last_assigned_at = $2 from (
       select member_id from members where member_id = any($1::text[]) order by member_id for no key update) locked
     where m.member_id = locked.member_id`,
    [memberIds, at],
  )
}

export interface Target {
  member: PublicMember
  vendorId: string | null
  queueIds: string[]
  /** A vendor's member who is not trained for the topic, or whose vendor is not admitted, cannot be given it. */
  mayAnswer: boolean
}

export async function findTarget(
  sql: Sql,
  siteId: string,
  memberId: string,
  conversationId: string,
  now: Date,
): Promise<Target | undefined> {
  const [row] = await sql.query<
    MemberRow & { vendor_id: string | null; queue_ids: string[]; may_answer: boolean }
  >(
    `select m.member_id, m.name, m.role, m.vendor_id, v.name as vendor_name,
       vendor_answers(m.site_id, m.member_id,
         (select topic_id from conversations where conversation_id = $3), $4) as may_answer,
       array(select queue_id from queue_members qm where qm.site_id = m.site_id and qm.member_id = m.member_id) as queue_ids
     from members m left join vendors v on v.site_id = m.site_id and v.vendor_id = m.vendor_id
     where m.site_id = $1 and m.member_id = $2 and m.disabled_at is null`,
    [siteId, memberId, conversationId, now],
  )
  return (
    row && {
      member: publicMemberFrom(row),
      vendorId: row.vendor_id,
      queueIds: row.queue_ids,
      mayAnswer: row.may_answer,
    }
  )
}

export async function findSupportQueue(
  sql: Sql,
  siteId: string,
  queueId: string,
): Promise<{ id: string; name: string } | undefined> {
  const [row] = await sql.query<{ queue_id: string; name: string }>(
    `select queue_id, name from queues
     where site_id = $1 and queue_id = $2 and kind = 'support' and removed_at is null`,
    [siteId, queueId],
  )
  return row && { id: row.queue_id, name: row.name }
}

/** Place in line, from 1; nothing when it is not waiting. */
export async function placeOf(sql: Sql, siteId: string, conversationId: string): Promise<number | undefined> {
  const [row] = await sql.query<{ place: number }>(
    `select (select count(*) from conversations o where o.site_id = c.site_id and o.queue_id = c.queue_id
       and o.status in ('waiting', 'offered') and (o.started_at, o.conversation_id) <= (c.started_at, c.conversation_id)) as place
     from conversations c
     where c.site_id = $1 and c.conversation_id = $2 and c.status in ('waiting', 'offered')`,
    [siteId, conversationId],
  )
  return row?.place
}

/** When the latest chats of this queue were taken, newest first. */
export async function latestPickups(
  sql: Sql,
  siteId: string,
  conversationId: string,
  after: Date,
): Promise<Date[]> {
  const rows = await sql.query<{ at: Date }>(
    `select o.first_assigned_at as at from conversations c
     join conversations o on o.site_id = c.site_id and o.queue_id = c.queue_id
     where c.site_id = $1 and c.conversation_id = $2 and o.first_assigned_at > $3
     order by o.first_assigned_at desc limit 20`,
    [siteId, conversationId, after],
  )
  return rows.map((row) => row.at)
}

/** Open conversations whose customer waits for somebody who is no longer there. */
export async function abandoned(sql: Sql, waitingBefore: Date, seenAfter: Date): Promise<string[]> {
  const rows = await sql.query<{ conversation_id: string }>(
    `select c.conversation_id from conversations c
     join members m on m.site_id = c.site_id and m.member_id = c.assignee_id
     where c.status = 'open' and c.waiting_since < $1
       -- What was taken over goes back to the vendor by a moderator's word, never by an absence.
       and coalesce(c.state->'moderation'->>'stage', 'none') <> 'takenOver'
       and (m.disabled_at is not null or not exists (
         select 1 from member_presence p where p.member_id = m.member_id and p.seen_at > $2))
     limit 50`,
    [waitingBefore, seenAfter],
  )
  return rows.map((row) => row.conversation_id)
}

/** Open offers to people who have gone. */
export async function offersToAbsent(sql: Sql, seenAfter: Date): Promise<string[]> {
  const rows = await sql.query<{ conversation_id: string }>(
    `select c.conversation_id from conversations c where c.status = 'offered' and not exists (
       select 1 from member_presence p join members m on m.member_id = p.member_id and m.availability = 'available'
         and m.disabled_at is null
       where p.member_id = c.offered_to and p.seen_at > $1) limit 50`,
    [seenAfter],
  )
  return rows.map((row) => row.conversation_id)
}

/** Everybody in line, offered ones included, in order. */
export async function lineOf(sql: Sql, siteId: string, queueId: string, limit: number): Promise<string[]> {
  const rows = await sql.query<{ conversation_id: string }>(
    `select conversation_id from conversations
     where site_id = $1 and queue_id = $2 and status in ('waiting', 'offered')
     order by started_at, conversation_id limit $3`,
    [siteId, queueId, limit],
  )
  return rows.map((row) => row.conversation_id)
}
