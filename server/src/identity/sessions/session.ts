import type { MemberActor } from '@parley/shared/people.ts'
import type { Parts } from '../../app/parts.ts'
import { Refused } from '../../app/refused.ts'
import { loadSite } from '../../sites/index.ts'
import type { Sql } from '../../storage/database.ts'
import { tokenHash } from '../token-hash.ts'
import * as links from './links-store.ts'
import * as store from './store.ts'

const minuteMs = 60_000
/** Time with neither a request nor an open console; an agent who waits for chats is not idle. */
const idleMs = 30 * minuteMs
export const sessionLifeMs = 12 * 60 * minuteMs
const ticketLifeMs = 30_000
const longestUserAgent = 300

export interface Session {
  sessionId: string
  actor: MemberActor
  authenticatedAt: Date
  hasTotp: boolean
  /** The site asks this role for a second factor and there is none, here or at a provider: until then nothing else is allowed. */
  mustEnrolTotp: boolean
}

export function liveSince(parts: Parts): { createdAfter: Date; seenAfter: Date } {
  const now = parts.clock.now().getTime()
  return { createdAfter: new Date(now - sessionLifeMs), seenAfter: new Date(now - idleMs) }
}

/** Who is signed in with this cookie, also when a second factor is still to be enrolled. */
export async function findSession(parts: Parts, cookieToken: string): Promise<Session | undefined> {
  return liveSession(parts, await store.sessionByHash(parts.database, tokenHash(cookieToken)))
}

export async function findSessionById(parts: Parts, sessionId: string): Promise<Session | undefined> {
  return liveSession(parts, await store.sessionById(parts.database, sessionId))
}

export async function memberBySession(
  parts: Parts,
  cookieToken: string,
): Promise<{ actor: MemberActor; sessionId: string } | undefined> {
  const session = await findSession(parts, cookieToken)
  if (!session || session.mustEnrolTotp) return undefined
  return { actor: session.actor, sessionId: session.sessionId }
}

/** For a socket's handshake: a cookie never travels there, a ticket works once and for half a minute. */
export async function recogniseMember(
  parts: Parts,
  ticket: string,
): Promise<{ actor: MemberActor; sessionId: string }> {
  const subject = await links.consumeLink<{ sessionId: string }>(
    parts.database,
    tokenHash(ticket),
    'ticket',
    parts.clock.now(),
  )
  const session = subject && (await findSessionById(parts, subject.sessionId))
  if (!session || session.mustEnrolTotp) throw new Refused('notAllowed', 'ticket.refused')
  return { actor: session.actor, sessionId: session.sessionId }
}

export async function giveTicket(parts: Parts, session: Session): Promise<string> {
  if (session.mustEnrolTotp) throw new Refused('notAllowed', 'totp.mustEnrol')
  const ticket = parts.random.token()
  const now = parts.clock.now()
  await links.forgetOldLinks(parts.database, 'ticket', new Date(now.getTime() - 60 * minuteMs))
  await links.insertLink(parts.database, {
    hash: tokenHash(ticket),
    purpose: 'ticket',
    subject: { sessionId: session.sessionId },
    expiresAt: new Date(now.getTime() + ticketLifeMs),
  })
  return ticket
}

/** Inside the transaction of what lets the person in; the token is for the cookie and nowhere else. */
export async function startSession(
  parts: Parts,
  sql: Sql,
  who: { accountId: string; memberId: string; userAgent: string; isSso?: boolean },
): Promise<{ token: string; sessionId: string }> {
  const token = parts.random.token()
  const sessionId = parts.random.id('ses')
  const { createdAfter, seenAfter } = liveSince(parts)
  await store.pruneSessions(sql, who.accountId, createdAfter, seenAfter)
  await store.insertSession(sql, {
    sessionId,
    hash: tokenHash(token),
    accountId: who.accountId,
    memberId: who.memberId,
    userAgent: who.userAgent.slice(0, longestUserAgent),
    isSso: who.isSso ?? false,
    at: parts.clock.now(),
  })
  return { token, sessionId }
}

/** Who has just been let in, inside the transaction that does so. */
export async function memberOfSession(sql: Sql, sessionId: string): Promise<MemberActor> {
  const row = await store.sessionById(sql, sessionId)
  if (!row) throw new Refused('notAllowed', 'signIn.wrong')
  return actorOf(row)
}

/** The same session under a new token, perhaps for another site of the account. */
export async function renewSession(
  parts: Parts,
  sql: Sql,
  session: Session,
  memberId: string = session.actor.memberId,
): Promise<string> {
  const token = parts.random.token()
  const isRenewed = await store.rotateSession(sql, {
    sessionId: session.sessionId,
    hash: tokenHash(token),
    memberId,
    at: parts.clock.now(),
  })
  if (!isRenewed) throw new Refused('notAllowed', 'signIn.needed')
  return token
}

async function liveSession(parts: Parts, row: store.SessionRow | undefined): Promise<Session | undefined> {
  if (!row) return undefined
  const now = parts.clock.now()
  const { createdAfter, seenAfter } = liveSince(parts)
  if (row.created_at <= createdAfter || row.last_seen_at <= seenAfter) return undefined
  if (now.getTime() - row.last_seen_at.getTime() >= minuteMs) {
    await store.touchSession(parts.database, row.session_id, now)
  }
  const site = await loadSite(parts, row.site_id)
  return {
    sessionId: row.session_id,
    actor: actorOf(row),
    authenticatedAt: row.authenticated_at,
    hasTotp: row.has_totp,
    mustEnrolTotp: !row.has_totp && !row.is_sso && site.totpRoles.includes(row.role),
  }
}

function actorOf(row: store.SessionRow): MemberActor {
  return {
    kind: 'member',
    siteId: row.site_id,
    memberId: row.member_id,
    accountId: row.account_id,
    role: row.role,
    name: row.name,
    vendorId: row.vendor_id,
    vendorName: row.vendor_name,
    queueIds: row.queue_ids,
    ...(row.vendor_state === null ? {} : { vendorState: row.vendor_state }),
  }
}
