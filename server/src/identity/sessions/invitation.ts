import { writeAudit } from '../../app/audit.ts'
import type { Parts } from '../../app/parts.ts'
import { Refused } from '../../app/refused.ts'
import type { Sql } from '../../storage/database.ts'
import {
  acceptMembership,
  belongsElsewhere,
  type LinkedRow,
  linkedMember,
  lockMember,
} from '../members/store.ts'
import { announceRevoked } from '../revocations.ts'
import { tokenHash } from '../token-hash.ts'
import type { Attempts } from './attempts.ts'
import { choosePassword } from './choose-password.ts'
import * as links from './links-store.ts'
import { isPassword } from './password.ts'
import { type Browser, letIn, type SignedIn, secondFactor } from './sign-in.ts'
import * as store from './store.ts'

const minuteMs = 60_000
/** Long enough to reach somebody after a weekend. */
const invitationMs = 72 * 60 * minuteMs
/** Whoever has lost the way in waits for it, and whoever is invited is mailed another at a press. */
export const linkMs = 15 * minuteMs

export interface InvitationSubject {
  siteId: string
  memberId: string
  /** For somebody who has joined and lost the way in. */
  isReset?: boolean
  /** Until then its page may ask for another, which is mailed to whoever was invited. */
  renewableTo?: string
}

/**
 * An earlier link of the same member dies. The token stands in the fragment, which no server ever sees. A letter that is
 * sent again holds the same link, used or not; if it is not, its time begins anew. Where nobody can mail another, it
 * lasts as long as the invitation.
 */
export async function createInvitation(
  parts: Parts,
  sql: Sql,
  { siteId, memberId, isReset, renewableTo }: InvitationSubject,
  token = parts.random.token(),
): Promise<string> {
  const now = parts.clock.now()
  const after = (ms: number) => new Date(now.getTime() + ms)
  const url = `${parts.config.publicUrl}/console/#invite=${token}`
  await lockMember(sql, siteId, memberId)
  if (await links.isKnown(sql, tokenHash(token))) {
    await links.moveEnd(sql, tokenHash(token), after(linkMs))
    return url
  }
  const isMailed = isReset !== true && canMailInvitations(parts)
  const subject: InvitationSubject = {
    siteId,
    memberId,
    ...(isReset ? { isReset } : {}),
    ...(isMailed ? { renewableTo: renewableTo ?? after(invitationMs).toISOString() } : {}),
  }
  await links.endLinks(sql, 'invitation', now, memberId)
  await links.insertLink(sql, {
    hash: tokenHash(token),
    purpose: 'invitation',
    subject,
    expiresAt: after(isReset || isMailed ? linkMs : invitationMs),
  })
  return url
}

export function canMailInvitations({ config }: Pick<Parts, 'config'>): boolean {
  return config.smtpUrl !== undefined
}

/** May its page ask for another, mailed to whoever was invited? */
export function isRenewable(
  parts: Pick<Parts, 'config' | 'clock'>,
  { renewableTo }: InvitationSubject,
): boolean {
  return renewableTo !== undefined && new Date(renewableTo) > parts.clock.now() && canMailInvitations(parts)
}

/** Looking does not use the link. */
export async function viewInvitation(
  parts: Parts,
  token: string,
): Promise<{ name: string; email: string; siteName: string }> {
  const { member } = await linkFor(parts, parts.database, token)
  return { name: member.name, email: member.email, siteName: member.site_name }
}

/**
 * A new account gets its first password. An account that has one must show it: whoever holds a link, the
 * inviting admin too, never gains somebody else's account by it.
 */
export async function acceptInvitation(
  parts: Parts,
  attempts: Attempts,
  given: { token: string; password: string; code?: string | undefined },
  browser: Browser,
): Promise<SignedIn> {
  const { member, isReset } = await linkFor(parts, parts.database, given.token)
  const account = await store.accountById(parts.database, member.account_id)
  if (!account) throw ended()
  const isNew = isReset || account.password_hash === null
  const about = [member.name, member.email, member.site_name]
  const newHash = isNew ? await choosePassword(parts, given.password, about) : undefined
  if (!isNew) await checkOwnPassword(attempts, account, given.password, browser)
  const step = isReset ? undefined : await secondFactor(parts, account, given.code)

  const membership = { member_id: member.member_id, site_id: member.site_id }
  const dropped: string[] = []
  const signedIn = await letIn(parts, account, membership, browser, {
    totpStep: step,
    alsoInside: async (sql) => {
      await lockMember(sql, member.site_id, member.member_id)
      await linkFor(parts, sql, given.token)
      const used = await links.consumeLink(sql, tokenHash(given.token), 'invitation', parts.clock.now())
      if (!used) throw ended()
      if (isReset && newHash !== undefined) {
        await store.replaceSignIn(sql, account.account_id, newHash)
        dropped.push(...(await store.deleteSessionsOfAccount(sql, account.account_id)))
      } else if (newHash !== undefined && !(await store.setFirstPassword(sql, account.account_id, newHash))) {
        throw ended()
      }
      await acceptMembership(sql, member.site_id, member.member_id)
      const actor = { kind: 'system', siteId: member.site_id, rule: 'invitation' } as const
      await writeAudit(sql, actor, {
        action: isReset ? 'member.signInReset' : 'member.joined',
        object: `member:${member.member_id}`,
        ip: browser.ip,
      })
    },
  })
  for (const sessionId of dropped) announceRevoked(parts, { sessionId })
  return signedIn
}

async function checkOwnPassword(
  attempts: Attempts,
  account: store.AccountRow,
  password: string,
  browser: Browser,
): Promise<void> {
  const attempt = await attempts.begin(account.email, browser.ip)
  if (!(await isPassword(password, account.password_hash))) throw new Refused('notAllowed', 'signIn.wrong')
  await attempt.succeeded()
}

/** A reset is void as soon as the account is tied to another site, whose admins have a say in it too. */
async function linkFor(
  parts: Parts,
  sql: Sql,
  token: string,
): Promise<{ member: LinkedRow; isReset: boolean }> {
  const link = await links.findOpenLink<InvitationSubject>(sql, tokenHash(token), 'invitation')
  if (!link) throw ended()
  const isReset = link.subject.isReset === true
  const member = await linkedMember(sql, link.subject, isReset)
  if (!member || (isReset && (await belongsElsewhere(sql, member.account_id, member.site_id)))) throw ended()
  if (link.expires_at <= parts.clock.now())
    throw isRenewable(parts, link.subject) ? new Refused('notFound', 'link.expired') : ended()
  return { member, isReset }
}

function ended(): Refused {
  return new Refused('notFound', 'link.ended')
}
