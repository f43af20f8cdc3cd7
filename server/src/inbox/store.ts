import { type CustomerActor, type MemberActor, type ReaderKind, readerKindOf } from '@parley/shared/people.ts'
import type { InboxView } from '@parley/shared/protocol/reading.ts'
import { type Held, type HeldRow, heldFrom, openAddress } from '../conversations/index.ts'
import type { Sql } from '../storage/database.ts'
import type { FieldSeal } from '../storage/field-seal.ts'
import { findFew, matches, searchedFor } from './search-store.ts'

export interface Listed {
  held: Held
  updatedAt: string
  /** Where the next page begins, together with the id. */
  orderedAt: string
  unread: number
  mention: 'open' | 'read' | null
}

export interface InboxFilter {
  view: InboxView
  search?: string | undefined
  queueId?: string | undefined
  topicId?: string | undefined
  unreadOnly?: boolean | undefined
}

type Row = HeldRow & { updated_at: Date; ordered_at: Date; unread: number; has_open_mention?: boolean | null }

/** Conditions with their parameters; filters are only ever added to the scope, never put in its place. */
class Conditions {
  readonly params: unknown[] = []
  readonly parts: string[] = []

  param(value: unknown): string {
    this.params.push(value)
    return `$${this.params.length}`
  }

  add(part: string): void {
    this.parts.push(part)
  }

  get where(): string {
    return this.parts.join(' and ')
  }
}

function scopeOf(member: MemberActor): Conditions {
  const conditions = new Conditions()
  conditions.add(`c.site_id = ${conditions.param(member.siteId)}`)
  if (member.role === 'vendor') {
    const vendor = conditions.param(member.vendorId)
    conditions.add(
      member.areRoomsOn
        ? `(c.vendor_id = ${vendor} or c.room_members @> array[${vendor}::text])`
        : `c.vendor_id = ${vendor}`,
    )
  } else if (member.role === 'csr') {
    const me = conditions.param(member.memberId)
    const queues = conditions.param(member.queueIds)
    conditions.add(
      `((c.vendor_id is null and c.queue_id = any(${queues}::text[])) or c.assignee_id = ${me} or c.offered_to = ${me})`,
    )
  }
  return conditions
}

function addView(conditions: Conditions, member: MemberActor, view: InboxView): void {
  if (view === 'closed') {
    conditions.add(`c.status = 'closed'`)
    return
  }
  if (view === 'mentions') {
    conditions.add(
      `c.conversation_id in (select m.conversation_id from mentions m where m.member_id = ${conditions.param(member.memberId)})`,
    )
    return
  }
  // Who waits is not closed: said twice, the planner would take them for fewer than they are.
  conditions.add(view === 'waiting' ? `c.status in ('waiting', 'offered')` : `c.status <> 'closed'`)
  if (view === 'rooms') conditions.add('c.room_members is not null')
  const me = () => conditions.param(member.memberId)
  if (view === 'mine') conditions.add(`(c.assignee_id = ${me()} or c.offered_to = ${me()})`)
  if (view === 'team') conditions.add('c.assignee_id is not null')
}

const columns = `c.site_id, c.conversation_id, c.seq, c.customer_position, c.vendor_position, c.first_assigned_at,
  c.state, c.latest`

/** When the reader's own stream last moved: by another time a list would tell of what its reader must not know. */
const updatedFor: Record<ReaderKind, string> = {
  staff: 'c.updated_at',
  vendor: 'c.vendor_at',
  customer: 'c.customer_at',
}

/**
 * Who has answered has read what came before, whatever was marked. Only what a mark leaves open is counted in the log: most rows
 * have none. In a room nobody answers.
 */
function unreadOf(reader: string, bySide: string, unanswered: 'byMembers' | 'byCustomer'): string {
  return `(select case
      when c.room_members is null and (mark.read_seq = 0 or open.unanswered = 0) then open.unanswered
      else least(case when c.room_members is null then open.unanswered end, (select count(*) from (
        select 1 from events e where e.conversation_id = c.conversation_id and e.type = 'messageSent'
          and case when c.room_members is null then e.by->>'side' ${bySide} else e.by->>'id' <> ${reader} end
          and e.seq > mark.read_seq
        limit 100) as unread)) end::int
    from (select coalesce((select m.read_seq from marks m
        where m.conversation_id = c.conversation_id and m.reader_id = ${reader}), 0) as read_seq) as mark,
      (select (coalesce(c.latest->'unanswered', c.state->'unanswered')->>'${unanswered}')::int as unanswered) as open)`
}

/** True while one is open, false when all were read, null where there is none. */
function mentionOf(reader: string): string {
  return `(select bool_or(m.read_at is null) from mentions m where m.member_id = ${reader}
    and m.conversation_id = c.conversation_id)`
}

export async function pageOfInbox(
  sql: Sql,
  member: MemberActor,
  filter: InboxFilter,
  before: { at: string; conversationId: string } | null,
  limit: number,
): Promise<Listed[]> {
  const conditions = scopeOf(member)
  const updated = updatedFor[readerKindOf(member)]
  addView(conditions, member, filter.view)
  const search = filter.search?.trim()
  if (search) {
    const searched = searchedFor(search)
    const few = await findFew(sql, member.siteId, searched)
    conditions.add(
      few
        ? `c.conversation_id = any(${conditions.param(few)}::text[])`
        : matches(searched, (value) => conditions.param(value)),
    )
  }
  if (filter.queueId) conditions.add(`c.queue_id = ${conditions.param(filter.queueId)}`)
  if (filter.topicId) conditions.add(`c.topic_id = ${conditions.param(filter.topicId)}`)
  // What stands in an index in its order is read no further than the page; a vendor's own few are sorted.
  const order = filter.view === 'closed' ? 'c.closed_at' : updated
  const isByHour = order === 'c.updated_at' && filter.view !== 'mentions'
  const hour = isByHour ? 'c.updated_hour desc, ' : ''
  if (before) {
    const at = conditions.param(before.at)
    conditions.add(
      `(${order}, c.conversation_id) < (${at}::timestamptz, ${conditions.param(before.conversationId)})`,
    )
    if (isByHour)
      conditions.add(`c.updated_hour <= date_trunc('hour', ${at}::timestamptz at time zone 'UTC')`)
  }
  const me = conditions.param(member.memberId)
  const unread = unreadOf(me, `= 'customer'`, 'byMembers')
  if (filter.unreadOnly) conditions.add(`(${unread} > 0 or ${mentionOf(me)})`)
  // Only what orders them is sorted: what is known of each is put together for the page alone.
  const rows = await sql.query<Row>(
    `select ${columns}, ${updated} as updated_at, page.ordered_at, ${unread} as unread, ${mentionOf(me)} as has_open_mention
     from (
       select c.conversation_id, ${order} as ordered_at
       from conversations c where ${conditions.where} order by ${hour}${order} desc, c.conversation_id desc
       limit ${conditions.param(limit)}) as page
     join conversations c on c.conversation_id = page.conversation_id
     order by page.ordered_at desc, page.conversation_id desc`,
    conditions.params,
  )
  return rows.map((row) => listedFrom(sql.seal, row))
}

export async function conversationsOfContact(sql: Sql, customer: CustomerActor): Promise<Listed[]> {
  const rows = await sql.query<Row>(
    `select ${columns}, ${updatedFor.customer} as updated_at, ${updatedFor.customer} as ordered_at,
       ${unreadOf('$2', `<> 'customer'`, 'byCustomer')} as unread
     from conversations c
     where c.site_id = $1 and (c.contact_id = $2 or ($3 and c.room_members @> array[$2::text]))
     order by updated_at desc limit 100`,
    [customer.siteId, customer.contactId, customer.isVerified && customer.areRoomsOn === true],
  )
  return rows.map((row) => listedFrom(sql.seal, row))
}

/** Counting stops here: more is shown as “999+”. */
const countLimit = 1_000

export async function countInbox(sql: Sql, member: MemberActor, view: InboxView): Promise<number> {
  const conditions = scopeOf(member)
  addView(conditions, member, view)
  const [row] = await sql.query<{ count: number }>(
    `select count(*) as count from (select 1 from conversations c where ${conditions.where} limit ${countLimit}) as counted`,
    conditions.params,
  )
  return row?.count ?? 0
}

/** Conversations in the member's reach with a mention that is still open. */
export async function countMentions(sql: Sql, member: MemberActor): Promise<number> {
  const conditions = scopeOf(member)
  conditions.add(
    `c.conversation_id in (select m.conversation_id from mentions m
       where m.member_id = ${conditions.param(member.memberId)} and m.read_at is null)`,
  )
  const [row] = await sql.query<{ count: number }>(
    `select count(*) as count from (select 1 from conversations c where ${conditions.where} limit ${countLimit}) as counted`,
    conditions.params,
  )
  return row?.count ?? 0
}

function listedFrom(seal: FieldSeal, row: Row): Listed {
  return {
    held: heldFrom(seal, row),
    updatedAt: row.updated_at.toISOString(),
    orderedAt: row.ordered_at.toISOString(),
    unread: row.unread,
    mention: row.has_open_mention == null ? null : row.has_open_mention ? 'open' : 'read',
  }
}

export async function earlierConversations(sql: Sql, siteId: string, contactId: string): Promise<Held[]> {
  const rows = await sql.query<HeldRow>(
    `select c.site_id, c.conversation_id, c.seq, c.customer_position, c.vendor_position, c.first_assigned_at,
       c.state || c.latest as state
     from conversations c where c.site_id = $1 and c.contact_id = $2 order by c.updated_at desc limit 100`,
    [siteId, contactId],
  )
  return rows.map((row) => heldFrom(sql.seal, row))
}

export async function visitorBehind(
  sql: Sql,
  siteId: string,
  contactId: string,
): Promise<{
  locale: string | null
  timeZone: string | null
  page: { url: string; title?: string } | null
} | null> {
  const [row] = await sql.query<{
    locale: string | null
    time_zone: string | null
    page: { url: string; title?: string } | null
  }>(
    `select locale, time_zone, page from visitors
     where site_id = $1 and contact_id = $2 and ended_at is null order by last_seen_at desc limit 1`,
    [siteId, contactId],
  )
  return row ? { locale: row.locale, timeZone: row.time_zone, page: row.page } : null
}

export interface MailContact {
  email: string | null
  isEmailVerified: boolean
  locale: string | null
  timeZone: string | null
}

export async function contactForMail(
  sql: Sql,
  siteId: string,
  contactId: string,
): Promise<MailContact | undefined> {
  const [row] = await sql.query<{
    sub: string | null
    email: string | null
    is_email_verified: boolean
    locale: string | null
    time_zone: string | null
  }>(
    `select k.sub, k.email, k.is_email_verified, v.locale, v.time_zone from contacts k
     left join lateral (select locale, time_zone from visitors v where v.site_id = k.site_id
       and v.contact_id = k.contact_id order by v.last_seen_at desc limit 1) v on true
     where k.site_id = $1 and k.contact_id = $2`,
    [siteId, contactId],
  )
  return (
    row && {
      email: openAddress(sql.seal, siteId, row),
      isEmailVerified: row.is_email_verified,
      locale: row.locale,
      timeZone: row.time_zone,
    }
  )
}
