import { writeAudit } from '../../app/audit.ts'
import type { Parts } from '../../app/parts.ts'
import { Refused } from '../../app/refused.ts'
import type { Sql } from '../../storage/database.ts'
import { acceptMembership, invitedMember } from '../members/store.ts'
import { tokenHash } from '../token-hash.ts'
import type { Attempts } from './attempts.ts'
import { checkPassword, hashPassword, isPassword } from './password.ts'
import { type Browser, letIn, type SignedIn, secondFactor } from './sign-in.ts'
import * as store from './store.ts'

/** Long enough to reach somebody after a weekend; the link is shown once and works once. */
const invitationLifeMs = 72 * 60 * 60_000

interface Invited {
  siteId: string
  memberId: string
}

/** An earlier link of the same member dies. The token stands in the fragment, which no server ever sees. */
export async function createInvitation(parts: Parts, sql: Sql, invited: Invited): Promise<string> {
  const now = parts.clock.now()
  const token = parts.random.token()
  await store.endLinks(sql, 'invitation', now, invited.memberId)
  await store.insertLink(sql, {
    hash: tokenHash(token),
    purpose: 'invitation',
    subject: invited,
    expiresAt: new Date(now.getTime() + invitationLifeMs),
  })
  return `${parts.config.publicUrl}/console/#invite=${token}`
}

/** Looking does not use the link. */
export async function viewInvitation(
  parts: Parts,
  token: string,
): Promise<{ name: string; email: string; siteName: string }> {
  const member = await invitedBy(parts, token)
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
  const member = await invitedBy(parts, given.token)
  const account = await store.accountById(parts.database, member.account_id)
  if (!account) throw ended()
  if (account.password_hash === null)
    checkPassword(given.password, [member.name, member.email, member.site_name])
  else await checkOwnPassword(attempts, account, given.password, browser)
  const step = await secondFactor(parts, account, given.code)
  const newHash = account.password_hash === null ? await hashPassword(given.password) : undefined
  const membership = { member_id: member.member_id, site_id: member.site_id }
  return letIn(parts, account, membership, browser, step, async (sql) => {
    const used = await store.consumeLink(sql, tokenHash(given.token), 'invitation', parts.clock.now())
    if (!used) throw ended()
    if (newHash !== undefined && !(await store.setFirstPassword(sql, account.account_id, newHash)))
      throw ended()
    await acceptMembership(sql, member.site_id, member.member_id)
    const actor = { kind: 'system', siteId: member.site_id, rule: 'invitation' } as const
    const object = `member:${member.member_id}`
    await writeAudit(sql, parts.clock, actor, { action: 'member.joined', object, ip: browser.ip })
  })
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

async function invitedBy(parts: Parts, token: string) {
  const now = parts.clock.now()
  const link = await store.findLink<Invited>(parts.database, tokenHash(token), 'invitation', now)
  const member = link && (await invitedMember(parts.database, link.subject.siteId, link.subject.memberId))
  if (!member) throw ended()
  return member
}

function ended(): Refused {
  return new Refused('notFound', 'link.ended')
}
