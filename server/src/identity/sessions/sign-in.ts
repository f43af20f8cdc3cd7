import type { SystemActor } from '@parley/shared/people.ts'
import { writeAudit } from '../../app/audit.ts'
import type { Parts } from '../../app/parts.ts'
import { Refused } from '../../app/refused.ts'
import type { Sql } from '../../storage/database.ts'
import { announceRevoked } from '../revocations.ts'
import { sealOf } from '../seal.ts'
import { tokenHash } from '../token-hash.ts'
import type { Attempts } from './attempts.ts'
import { isPassword } from './password.ts'
import { memberOfSession, startSession } from './session.ts'
import * as store from './store.ts'
import { stepOf } from './totp.ts'

/** The browser that asks: for the list of sessions, the audit log and the cookie it may already hold. */
export interface Browser {
  ip: string
  userAgent: string
  cookieToken: string | undefined
}

export interface SignedIn {
  token: string
  siteId: string
  memberId: string
}

export interface Credentials {
  email: string
  password: string
  code?: string | undefined
}

export async function signIn(
  parts: Parts,
  attempts: Attempts,
  given: Credentials,
  browser: Browser,
): Promise<SignedIn> {
  const email = canonicalEmail(given.email)
  const attempt = await attempts.begin(email, browser.ip)
  const account = await store.accountByEmail(parts.database, email)
  const isRight = await isPassword(given.password, account?.password_hash)
  // Asked of nobody too: the time of a no must not tell whose address is known here.
  const [membership] = await store.membershipsOf(parts.database, account?.account_id ?? 'nobody')
  if (!account || !isRight || !membership) {
    await recordFailure(parts, membership, browser)
    throw new Refused('notAllowed', 'signIn.wrong')
  }
  const step = await secondFactor(parts, account, given.code, {
    onMissing: () => attempt.succeeded(),
    onWrong: () => recordFailure(parts, membership, browser),
  })
  await attempt.succeeded()
  return letIn(parts, account, membership, browser, { totpStep: step })
}

/** The step of a right code, unused until now; undefined when the account has no second factor. */
export async function secondFactor(
  parts: Parts,
  account: store.AccountRow,
  code: string | undefined,
  told: { onMissing?: () => Promise<void>; onWrong?: () => Promise<void> } = {},
): Promise<number | undefined> {
  if (account.totp_secret === null) return undefined
  if (code === undefined || code === '') {
    await told.onMissing?.()
    throw new Refused('notAllowed', 'totp.needed')
  }
  const secret = sealOf(parts.config).open(account.totp_secret, totpContext(account.account_id))
  const step = stepOf(secret, code, parts.clock)
  if (step === undefined) {
    await told.onWrong?.()
    throw new Refused('notAllowed', 'totp.wrong')
  }
  return step
}

export async function letIn(
  parts: Parts,
  account: store.AccountRow,
  membership: store.MembershipRow,
  browser: Browser,
  how: {
    totpStep?: number | undefined
    isSso?: boolean
    /** In the same transaction, before the session begins. */
    alsoInside?: (sql: Sql) => Promise<void>
  } = {},
): Promise<SignedIn> {
  const { totpStep, isSso = false, alsoInside } = how
  const { token, replaced } = await parts.database.transaction(async (sql) => {
    if (totpStep !== undefined && !(await store.useTotpStep(sql, account.account_id, totpStep))) {
      throw new Refused('notAllowed', 'totp.wrong')
    }
    await alsoInside?.(sql)
    const before = browser.cookieToken
    const replacedId =
      before === undefined ? undefined : await store.deleteSessionByHash(sql, tokenHash(before))
    const started = await startSession(parts, sql, {
      accountId: account.account_id,
      memberId: membership.member_id,
      userAgent: browser.userAgent,
      isSso,
    })
    const actor = await memberOfSession(sql, started.sessionId)
    const object = `member:${membership.member_id}`
    await writeAudit(sql, actor, { action: 'member.signedIn', object, ip: browser.ip })
    return { token: started.token, replaced: replacedId }
  })
  if (replaced !== undefined) announceRevoked(parts, { sessionId: replaced })
  return { token, siteId: membership.site_id, memberId: membership.member_id }
}

export function canonicalEmail(email: string): string {
  return email.trim().toLowerCase()
}

export function totpContext(accountId: string): string {
  return `totp:${accountId}`
}

function signInActor(siteId: string): SystemActor {
  return { kind: 'system', siteId, rule: 'signIn' }
}

async function recordFailure(
  parts: Parts,
  membership: store.MembershipRow | undefined,
  browser: Browser,
): Promise<void> {
  // Whoever is nobody's member belongs to no site; the address they typed is not kept.
  await writeAudit(parts.database, signInActor(membership?.site_id ?? ''), {
    action: 'member.signInRefused',
    object: membership ? `member:${membership.member_id}` : 'account:unknown',
    result: 'refused',
    ip: browser.ip,
  })
}
