import type { MemberRole } from '@parley/shared/people.ts'
import type { Keyboard } from '@parley/shared/protocol/reading.ts'
import type { VendorState } from '@parley/shared/vendors/life-cycle.ts'
import type { Sql } from '../../storage/database.ts'

export interface AccountRow {
  account_id: string
  email: string
  password_hash: string | null
  totp_secret: string | null
  totp_pending: string | null
}

export const accountColumns = 'account_id, email, password_hash, totp_secret, totp_pending'

export async function accountByEmail(sql: Sql, email: string): Promise<AccountRow | undefined> {
  const [row] = await sql.query<AccountRow>(`select ${accountColumns} from accounts where email = $1`, [
    email,
  ])
  return row
}

export async function accountById(sql: Sql, accountId: string): Promise<AccountRow | undefined> {
  const [row] = await sql.query<AccountRow>(`select ${accountColumns} from accounts where account_id = $1`, [
    accountId,
  ])
  return row
}

export async function insertAccount(
  sql: Sql,
  account: { accountId: string; email: string; passwordHash: string | null; at: Date },
): Promise<void> {
  await sql.query(
    `insert into accounts (account_id, email, password_hash, created_at) values ($1, $2, $3, $4)
     on conflict (email) do nothing`,
    [account.accountId, account.email, account.passwordHash, account.at],
  )
}

export async function setPasswordHash(sql: Sql, accountId: string, passwordHash: string): Promise<void> {
  await sql.query('update accounts set password_hash = $2 where account_id = $1', [accountId, passwordHash])
}

/** The second factor goes with the password: both may be lost with one phone. */
export async function replaceSignIn(sql: Sql, accountId: string, passwordHash: string): Promise<void> {
  await sql.query(
    'update accounts set password_hash = $2, totp_secret = null, totp_pending = null where account_id = $1',
    [accountId, passwordHash],
  )
}

/** Only where there is none yet: an invitation never replaces a password. */
export async function setFirstPassword(sql: Sql, accountId: string, passwordHash: string): Promise<boolean> {
  const rows = await sql.query(
    'update accounts set password_hash = $2 where account_id = $1 and password_hash is null returning account_id',
    [accountId, passwordHash],
  )
  return rows.length > 0
}

export async function setKeyboard(sql: Sql, accountId: string, keyboard: Keyboard): Promise<void> {
  await sql.query('update accounts set keyboard = $2::jsonb where account_id = $1', [
    accountId,
    JSON.stringify(keyboard),
  ])
}

/** True once per step: of one code sent twice at the same moment, one wins. */
export async function useTotpStep(sql: Sql, accountId: string, step: number): Promise<boolean> {
  const rows = await sql.query(
    `update accounts set totp_last_step = $2
     where account_id = $1 and coalesce(totp_last_step, -1) < $2 returning account_id`,
    [accountId, step],
  )
  return rows.length > 0
}

export async function setPendingTotp(sql: Sql, accountId: string, sealed: string): Promise<void> {
  await sql.query('update accounts set totp_pending = $2 where account_id = $1', [accountId, sealed])
}

export async function confirmTotp(
  sql: Sql,
  accountId: string,
  pending: string,
  step: number,
): Promise<boolean> {
  const rows = await sql.query(
    `update accounts set totp_secret = totp_pending, totp_pending = null, totp_last_step = $3
     where account_id = $1 and totp_pending = $2 returning account_id`,
    [accountId, pending, step],
  )
  return rows.length > 0
}

export interface MembershipRow {
  member_id: string
  site_id: string
}

// A vendor's people sign in wherever their vendor stands; what they may do there follows from its state.
const isEntitled = `m.disabled_at is null and not m.is_invited`
const joinVendor = 'left join vendors v on v.site_id = m.site_id and v.vendor_id = m.vendor_id'

/** Where an account may work, the oldest site first. */
export async function membershipsOf(sql: Sql, accountId: string): Promise<MembershipRow[]> {
  return sql.query<MembershipRow>(
    `select m.member_id, m.site_id from members m join sites s on s.site_id = m.site_id
     where m.account_id = $1 and ${isEntitled} order by s.created_at, m.member_id`,
    [accountId],
  )
}

/** A sign-in together with the member it stands for, as that member is now. */
export interface SessionRow {
  session_id: string
  account_id: string
  member_id: string
  site_id: string
  created_at: Date
  last_seen_at: Date
  authenticated_at: Date
  name: string
  role: MemberRole
  vendor_id: string | null
  vendor_name: string | null
  vendor_state: VendorState | null
  has_totp: boolean
  is_sso: boolean
  queue_ids: string[]
}

const session = `select s.session_id, s.account_id, s.member_id, m.site_id, s.created_at, s.last_seen_at,
    s.authenticated_at, s.is_sso, m.name, m.role, m.vendor_id, v.name as vendor_name,
    v.state as vendor_state, a.totp_secret is not null as has_totp,
    array(select qm.queue_id from queue_members qm
      join queues q on q.site_id = qm.site_id and q.queue_id = qm.queue_id and q.removed_at is null
      where qm.site_id = m.site_id and qm.member_id = m.member_id order by qm.queue_id) as queue_ids
  from member_sessions s
  join accounts a on a.account_id = s.account_id
  join members m on m.member_id = s.member_id and m.account_id = s.account_id
  ${joinVendor}`

export async function sessionByHash(sql: Sql, hash: string): Promise<SessionRow | undefined> {
  const [row] = await sql.query<SessionRow>(`${session} where s.token_hash = $1 and ${isEntitled}`, [hash])
  return row
}

export async function sessionById(sql: Sql, sessionId: string): Promise<SessionRow | undefined> {
  const [row] = await sql.query<SessionRow>(`${session} where s.session_id = $1 and ${isEntitled}`, [
    sessionId,
  ])
  return row
}

export async function insertSession(
  sql: Sql,
  given: {
    sessionId: string
    hash: string
    accountId: string
    memberId: string
    userAgent: string
    isSso: boolean
    at: Date
  },
): Promise<void> {
  await sql.query(
    `insert into member_sessions
       (session_id, token_hash, account_id, member_id, created_at, last_seen_at, authenticated_at, user_agent, is_sso)
     values ($1, $2, $3, $4, $5, $5, $5, $6, $7)`,
    [given.sessionId, given.hash, given.accountId, given.memberId, given.at, given.userAgent, given.isSso],
  )
}

/** What is long over goes, and so do the oldest beyond twenty: nobody signs in from more places. */
export async function pruneSessions(
  sql: Sql,
  accountId: string,
  createdAfter: Date,
  seenAfter: Date,
): Promise<void> {
  await sql.query(
    `delete from member_sessions where account_id = $1 and (created_at <= $2 or last_seen_at <= $3 or session_id in
       (select session_id from member_sessions where account_id = $1
        order by last_seen_at desc, session_id offset 19))`,
    [accountId, createdAfter, seenAfter],
  )
}

export async function touchSession(sql: Sql, sessionId: string, at: Date): Promise<void> {
  await sql.query('update member_sessions set last_seen_at = $2 where session_id = $1', [sessionId, at])
}

/** The old token is dead at once; a session that has ended meanwhile stays ended. */
export async function rotateSession(
  sql: Sql,
  given: { sessionId: string; hash: string; memberId: string; at: Date },
): Promise<boolean> {
  const rows = await sql.query(
    `update member_sessions set token_hash = $2, member_id = $3, last_seen_at = $4
     where session_id = $1 returning session_id`,
    [given.sessionId, given.hash, given.memberId, given.at],
  )
  return rows.length > 0
}

export async function deleteSession(sql: Sql, accountId: string, sessionId: string): Promise<boolean> {
  const rows = await sql.query(
    'delete from member_sessions where account_id = $1 and session_id = $2 returning session_id',
    [accountId, sessionId],
  )
  return rows.length > 0
}

export async function deleteSessionByHash(sql: Sql, hash: string): Promise<string | undefined> {
  const [row] = await sql.query<{ session_id: string }>(
    'delete from member_sessions where token_hash = $1 returning session_id',
    [hash],
  )
  return row?.session_id
}

export async function deleteOtherSessions(sql: Sql, accountId: string, kept: string): Promise<string[]> {
  const rows = await sql.query<{ session_id: string }>(
    'delete from member_sessions where account_id = $1 and session_id <> $2 returning session_id',
    [accountId, kept],
  )
  return rows.map((row) => row.session_id)
}

export async function deleteSessionsOfAccount(sql: Sql, accountId: string): Promise<string[]> {
  const rows = await sql.query<{ session_id: string }>(
    'delete from member_sessions where account_id = $1 returning session_id',
    [accountId],
  )
  return rows.map((row) => row.session_id)
}

export async function deleteSessionsOfMember(sql: Sql, memberId: string): Promise<string[]> {
  const rows = await sql.query<{ session_id: string }>(
    'delete from member_sessions where member_id = $1 returning session_id',
    [memberId],
  )
  return rows.map((row) => row.session_id)
}

export async function sessionsOf(
  sql: Sql,
  accountId: string,
  createdAfter: Date,
  seenAfter: Date,
): Promise<{ session_id: string; name: string; created_at: Date; last_seen_at: Date; user_agent: string }[]> {
  return sql.query(
    `select s.session_id, m.name, s.created_at, s.last_seen_at, s.user_agent
     from member_sessions s join members m on m.member_id = s.member_id
     where s.account_id = $1 and s.created_at > $2 and s.last_seen_at > $3
     order by s.last_seen_at desc, s.session_id`,
    [accountId, createdAfter, seenAfter],
  )
}

export interface MeRow {
  member_id: string
  account_id: string
  site_id: string
  site_name: string
  name: string
  email: string
  role: MemberRole
  vendor_id: string | null
  vendor_name: string | null
  vendor_state: VendorState | null
  availability: 'available' | 'away'
  capacity: number
  has_totp: boolean
  keyboard: Keyboard
  queue_ids: string[]
}

export async function meOf(sql: Sql, siteId: string, memberId: string): Promise<MeRow | undefined> {
  const [row] = await sql.query<MeRow>(
    `select m.member_id, m.account_id, m.site_id, s.settings->'branding'->>'name' as site_name, m.name, a.email,
       m.role, m.vendor_id, v.name as vendor_name, v.state as vendor_state, m.availability, m.capacity,
       a.totp_secret is not null as has_totp, a.keyboard,
       array(select qm.queue_id from queue_members qm
         join queues q on q.site_id = qm.site_id and q.queue_id = qm.queue_id and q.removed_at is null
         where qm.site_id = m.site_id and qm.member_id = m.member_id order by qm.queue_id) as queue_ids
     from members m
     join sites s on s.site_id = m.site_id
     join accounts a on a.account_id = m.account_id
     ${joinVendor}
     where m.site_id = $1 and m.member_id = $2 and ${isEntitled}`,
    [siteId, memberId],
  )
  return row
}

export async function sitesOf(
  sql: Sql,
  accountId: string,
): Promise<{ site_id: string; name: string; role: MemberRole }[]> {
  return sql.query(
    `select m.site_id, s.settings->'branding'->>'name' as name, m.role
     from members m join sites s on s.site_id = m.site_id
     where m.account_id = $1 and ${isEntitled} order by s.created_at, m.site_id`,
    [accountId],
  )
}
