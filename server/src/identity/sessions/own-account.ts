import { writeAudit } from '../../app/audit.ts'
import type { Parts } from '../../app/parts.ts'
import { Refused } from '../../app/refused.ts'
import type { Sql } from '../../storage/database.ts'
import { announceRevoked } from '../revocations.ts'
import { sealOf } from '../seal.ts'
import type { Attempts } from './attempts.ts'
import { choosePassword } from './choose-password.ts'
import { describeMember } from './me.ts'
import { isPassword } from './password.ts'
import { renewSession, type Session } from './session.ts'
import { totpContext } from './sign-in.ts'
import * as store from './store.ts'
import { newTotpSecret, stepOf, totpUri } from './totp.ts'

/** Replacing a second factor takes a sign-in this fresh, so that a borrowed browser is not enough. */
const freshSignInMs = 5 * 60_000

/** Every other session of the account ends; this one goes on under a new token. */
export async function changePassword(
  parts: Parts,
  attempts: Attempts,
  session: Session,
  given: { current: string; next: string },
  ip: string,
): Promise<string> {
  const account = await ownAccount(parts, session)
  const attempt = await attempts.begin(account.email, ip)
  if (!(await isPassword(given.current, account.password_hash))) {
    throw new Refused('invalid', 'password.wrong', { field: 'current' })
  }
  await attempt.succeeded()
  const me = await describeMember(parts, parts.database, session.actor, session.mustEnrolTotp)
  const passwordHash = await choosePassword(parts, given.next, [me.name, me.email, me.siteName], 'next')
  return afterFactorChange(parts, session, 'member.passwordChanged', ip, (sql) =>
    store.setPasswordHash(sql, account.account_id, passwordHash),
  )
}

export async function startTotp(parts: Parts, session: Session): Promise<{ secret: string; uri: string }> {
  const age = parts.clock.now().getTime() - session.authenticatedAt.getTime()
  if (session.hasTotp && age > freshSignInMs) throw new Refused('notAllowed', 'signIn.again')
  const account = await ownAccount(parts, session)
  const secret = newTotpSecret(() => parts.random.token())
  const sealed = sealOf(parts.config).close(secret, totpContext(account.account_id))
  await store.setPendingTotp(parts.database, account.account_id, sealed)
  return { secret, uri: totpUri(secret, account.email) }
}

export async function confirmTotp(
  parts: Parts,
  attempts: Attempts,
  session: Session,
  code: string,
  ip: string,
): Promise<string> {
  const account = await ownAccount(parts, session)
  const pending = account.totp_pending
  if (pending === null) throw new Refused('conflict', 'totp.notStarted')
  const attempt = await attempts.begin(`totp:${account.account_id}`, ip)
  const secret = sealOf(parts.config).open(pending, totpContext(account.account_id))
  const step = stepOf(secret, code, parts.clock)
  if (step === undefined) throw new Refused('invalid', 'totp.wrongCode', { field: 'code' })
  await attempt.succeeded()
  return afterFactorChange(parts, session, 'member.totpEnrolled', ip, async (sql) => {
    if (!(await store.confirmTotp(sql, account.account_id, pending, step))) {
      throw new Refused('conflict', 'totp.notStarted')
    }
  })
}

/** The session goes over to another site of the account; sockets that speak for the first one drop. */
export async function switchSite(
  parts: Parts,
  session: Session,
  siteId: string,
  ip: string,
): Promise<{ token: string; siteId: string; memberId: string }> {
  const memberships = await store.membershipsOf(parts.database, session.actor.accountId)
  const membership = memberships.find((one) => one.site_id === siteId)
  if (!membership) throw new Refused('notFound', 'site.unknown')
  const token = await parts.database.transaction(async (sql) => {
    const object = `member:${membership.member_id}`
    const actor = { ...session.actor, siteId }
    await writeAudit(sql, actor, { action: 'member.switchedSite', object, ip })
    return renewSession(parts, sql, session, membership.member_id)
  })
  announceRevoked(parts, { sessionId: session.sessionId })
  return { token, siteId, memberId: membership.member_id }
}

export async function signOut(parts: Parts, session: Session, ip: string): Promise<void> {
  await parts.database.transaction(async (sql) => {
    await store.deleteSession(sql, session.actor.accountId, session.sessionId)
    const object = `member:${session.actor.memberId}`
    await writeAudit(sql, session.actor, { action: 'member.signedOut', object, ip })
  })
  announceRevoked(parts, { sessionId: session.sessionId })
}

async function afterFactorChange(
  parts: Parts,
  session: Session,
  action: string,
  ip: string,
  change: (sql: Sql) => Promise<void>,
): Promise<string> {
  const { token, ended } = await parts.database.transaction(async (sql) => {
    await change(sql)
    const object = `member:${session.actor.memberId}`
    await writeAudit(sql, session.actor, { action, object, ip })
    return {
      ended: await store.deleteOtherSessions(sql, session.actor.accountId, session.sessionId),
      token: await renewSession(parts, sql, session),
    }
  })
  for (const sessionId of ended) announceRevoked(parts, { sessionId })
  return token
}

async function ownAccount(parts: Parts, session: Session): Promise<store.AccountRow> {
  const account = await store.accountById(parts.database, session.actor.accountId)
  if (!account) throw new Refused('notAllowed', 'signIn.needed')
  return account
}
