import type { MemberRole } from '@parley/shared/people.ts'
import type { Sql } from '../../storage/database.ts'

export interface MemberRow {
  member_id: string
  account_id: string
  name: string
  email: string
  role: MemberRole
  vendor_id: string | null
  capacity: number
  availability: 'available' | 'away'
  disabled_at: Date | null
  is_invited: boolean
  is_online: boolean
  has_totp: boolean
  queue_ids: string[]
}

const member = `select m.member_id, m.account_id, m.name, a.email, m.role, m.vendor_id, m.capacity, m.availability,
    m.disabled_at, m.is_invited, a.totp_secret is not null as has_totp,
    exists (select from member_presence p where p.member_id = m.member_id and p.seen_at > $2) as is_online,
    array(select qm.queue_id from queue_members qm
      join queues q on q.site_id = qm.site_id and q.queue_id = qm.queue_id and q.removed_at is null
      where qm.site_id = m.site_id and qm.member_id = m.member_id order by qm.queue_id) as queue_ids
  from members m join accounts a on a.account_id = m.account_id
  where m.site_id = $1 and m.erased_at is null`

export async function membersOf(sql: Sql, siteId: string, seenAfter: Date): Promise<MemberRow[]> {
  return sql.query<MemberRow>(`${member} order by m.name, m.member_id`, [siteId, seenAfter])
}

export async function memberById(
  sql: Sql,
  siteId: string,
  memberId: string,
  seenAfter: Date,
): Promise<MemberRow | undefined> {
  const [row] = await sql.query<MemberRow>(`${member} and m.member_id = $3`, [siteId, seenAfter, memberId])
  return row
}

export async function memberByEmail(
  sql: Sql,
  siteId: string,
  email: string,
): Promise<{ member_id: string; is_invited: boolean; disabled_at: Date | null } | undefined> {
  const [row] = await sql.query<{ member_id: string; is_invited: boolean; disabled_at: Date | null }>(
    `select m.member_id, m.is_invited, m.disabled_at
     from members m join accounts a on a.account_id = m.account_id
     where m.site_id = $1 and a.email = $2`,
    [siteId, email],
  )
  return row
}

export async function addMember(
  sql: Sql,
  given: {
    siteId: string
    memberId: string
    accountId: string
    name: string
    role: MemberRole
    vendorId?: string | null
    isInvited?: boolean
  },
  queueIds: readonly string[],
): Promise<void> {
  await sql.query(
    `insert into members (site_id, member_id, account_id, name, role, vendor_id, is_invited)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      given.siteId,
      given.memberId,
      given.accountId,
      given.name,
      given.role,
      given.vendorId ?? null,
      given.isInvited ?? false,
    ],
  )
  await sql.query(
    `insert into queue_members (site_id, queue_id, member_id)
     select $1, unnest($2::text[]), $3 on conflict do nothing`,
    [given.siteId, queueIds, given.memberId],
  )
}

export async function updateMember(
  sql: Sql,
  siteId: string,
  given: { memberId: string; name: string; role: MemberRole; capacity: number },
): Promise<void> {
  await sql.query(
    'update members set name = $3, role = $4, capacity = $5 where site_id = $1 and member_id = $2',
    [siteId, given.memberId, given.name, given.role, given.capacity],
  )
}

/** Invited again before the first link was used: the newest name, role and vendor count. */
export async function reinviteMember(
  sql: Sql,
  siteId: string,
  given: { memberId: string; name: string; role: MemberRole; vendorId: string | null },
  queueIds: readonly string[],
): Promise<void> {
  await sql.query(
    `update members set name = $3, role = $4, vendor_id = $5, disabled_at = null
     where site_id = $1 and member_id = $2 and is_invited`,
    [siteId, given.memberId, given.name, given.role, given.vendorId],
  )
  await sql.query('delete from queue_members where site_id = $1 and member_id = $2', [siteId, given.memberId])
  await sql.query(
    `insert into queue_members (site_id, queue_id, member_id)
     select $1, unnest($2::text[]), $3 on conflict do nothing`,
    [siteId, queueIds, given.memberId],
  )
}

export async function setDisabled(
  sql: Sql,
  siteId: string,
  memberId: string,
  disabledAt: Date | null,
): Promise<void> {
  await sql.query(
    `update members set disabled_at = $3, availability = case when $3::timestamptz is null then availability else 'away' end
     where site_id = $1 and member_id = $2`,
    [siteId, memberId, disabledAt],
  )
}

/** Locks the site's row first, so that two admins who remove each other at once leave one. */
export async function countOtherAdmins(sql: Sql, siteId: string, memberId: string): Promise<number> {
  await sql.query('select site_id from sites where site_id = $1 for update', [siteId])
  const [row] = await sql.query<{ admins: number }>(
    `select count(*)::int as admins from members
     where site_id = $1 and role = 'admin' and disabled_at is null and not is_invited and member_id <> $2`,
    [siteId, memberId],
  )
  return row?.admins ?? 0
}

export async function acceptMembership(sql: Sql, siteId: string, memberId: string): Promise<void> {
  await sql.query('update members set is_invited = false where site_id = $1 and member_id = $2', [
    siteId,
    memberId,
  ])
}

/** Whoever makes, uses or ends a link of a member holds this first: two of them never cross. */
export async function lockMember(sql: Sql, siteId: string, memberId: string): Promise<void> {
  await sql.query('select 1 as one from members where site_id = $1 and member_id = $2 for no key update', [
    siteId,
    memberId,
  ])
}

export interface LinkedRow {
  site_id: string
  member_id: string
  account_id: string
  name: string
  email: string
  site_name: string
}

/** Who a link is for: somebody who has not joined yet, or with `hasJoined` somebody who has. */
export async function linkedMember(
  sql: Sql,
  who: { siteId: string; memberId: string },
  hasJoined: boolean,
): Promise<LinkedRow | undefined> {
  const [row] = await sql.query<LinkedRow>(
    `select m.site_id, m.member_id, m.account_id, m.name, a.email, s.settings->'branding'->>'name' as site_name
     from members m
     join accounts a on a.account_id = m.account_id
     join sites s on s.site_id = m.site_id
     where m.site_id = $1 and m.member_id = $2 and m.is_invited <> $3 and m.disabled_at is null`,
    [who.siteId, who.memberId, hasJoined],
  )
  return row
}

/** Any tie to another site, joined or invited or disabled there. */
export async function belongsElsewhere(sql: Sql, accountId: string, siteId: string): Promise<boolean> {
  const rows = await sql.query(
    'select 1 as one from members where account_id = $1 and site_id <> $2 limit 1',
    [accountId, siteId],
  )
  return rows.length > 0
}

export async function vendorQueue(
  sql: Sql,
  siteId: string,
  vendorId: string,
): Promise<{ name: string; queue_id: string } | undefined> {
  const [row] = await sql.query<{ name: string; queue_id: string }>(
    `select v.name, q.queue_id from vendors v
     join queues q on q.site_id = v.site_id and q.vendor_id = v.vendor_id and q.removed_at is null
     where v.site_id = $1 and v.vendor_id = $2 order by q.queue_id limit 1`,
    [siteId, vendorId],
  )
  return row
}

export async function setOwnAvailability(
  sql: Sql,
  siteId: string,
  memberId: string,
  given: { availability: 'available' | 'away' | null; capacity: number | null },
): Promise<{ availability: 'available' | 'away'; capacity: number } | undefined> {
  const [row] = await sql.query<{ availability: 'available' | 'away'; capacity: number }>(
    `update members set availability = coalesce($3::text, availability), capacity = coalesce($4::int, capacity)
     where site_id = $1 and member_id = $2 and disabled_at is null returning availability, capacity`,
    [siteId, memberId, given.availability, given.capacity],
  )
  return row
}

export interface ColleagueRow {
  member_id: string
  name: string
  role: MemberRole
  vendor_id: string | null
  vendor_name: string | null
  availability: 'available' | 'away'
  is_online: boolean
}

/** `vendorId` narrows to one vendor's own people. */
export async function colleaguesOf(
  sql: Sql,
  siteId: string,
  seenAfter: Date,
  vendorId: string | null,
): Promise<ColleagueRow[]> {
  return sql.query<ColleagueRow>(
    `select m.member_id, m.name, m.role, m.vendor_id, v.name as vendor_name, m.availability,
       exists (select from member_presence p where p.member_id = m.member_id and p.seen_at > $2) as is_online
     from members m
     left join vendors v on v.site_id = m.site_id and v.vendor_id = m.vendor_id
     where m.site_id = $1 and m.disabled_at is null and not m.is_invited and (v.vendor_id is null or v.is_active)
       and ($3::text is null or m.vendor_id = $3)
     order by m.name, m.member_id`,
    [siteId, seenAfter, vendorId],
  )
}

/** A vendor's people see their own queue and those of support, where they can pass on to. */
export async function queuesFor(
  sql: Sql,
  siteId: string,
  vendorId: string | null,
): Promise<{ queue_id: string; name: string; kind: 'support' | 'vendor' }[]> {
  return sql.query(
    `select q.queue_id, q.name, q.kind from queues q
     left join vendors v on v.site_id = q.site_id and v.vendor_id = q.vendor_id
     where q.site_id = $1 and q.removed_at is null and (v.vendor_id is null or v.is_active)
       and ($2::text is null or q.kind = 'support' or q.vendor_id = $2)
     order by q.kind, q.name, q.queue_id`,
    [siteId, vendorId],
  )
}
