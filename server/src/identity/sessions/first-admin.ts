import { writeAudit } from '../../app/audit.ts'
import type { Parts } from '../../app/parts.ts'
import { Refused } from '../../app/refused.ts'
import { hasSites, openSite } from '../../sites/index.ts'
import { addMember } from '../members/store.ts'
import { tokenHash } from '../token-hash.ts'
import { choosePassword } from './choose-password.ts'
import * as links from './links-store.ts'
import { type Browser, canonicalEmail, letIn, type SignedIn } from './sign-in.ts'
import * as store from './store.ts'

/** Name, certificate and proxy are often set up after the first start; it ends with that hour, and each start prints another. */
const setupLifeMs = 60 * 60_000

/** The way in when there is no site yet: a fresh link at each start, the earlier ones are dead. */
export async function firstAdminLink(parts: Parts): Promise<string | null> {
  return parts.database.transaction(async (sql) => {
    if (await hasSites(sql)) return null
    const now = parts.clock.now()
    const token = parts.random.token()
    await links.endLinks(sql, 'setup', now, null)
    await links.insertLink(sql, {
      hash: tokenHash(token),
      purpose: 'setup',
      subject: {},
      expiresAt: new Date(now.getTime() + setupLifeMs),
    })
    return `${parts.config.publicUrl}/console/#setup=${token}`
  })
}

export async function viewSetup(parts: Parts, token: string): Promise<{ expiresAt: string }> {
  const link = await links.findLink(parts.database, tokenHash(token), 'setup', parts.clock.now())
  if (!link) throw new Refused('notFound', 'link.ended')
  return { expiresAt: link.expires_at.toISOString() }
}

export async function setUp(
  parts: Parts,
  given: { token: string; siteName: string; name: string; email: string; password: string },
  browser: Browser,
): Promise<SignedIn> {
  await viewSetup(parts, given.token)
  const about = [given.name, given.email, given.siteName]
  const passwordHash = await choosePassword(parts, given.password, about)
  const now = parts.clock.now()
  const email = canonicalEmail(given.email)
  const account = {
    account_id: parts.random.id('acc'),
    email,
    password_hash: passwordHash,
    totp_secret: null,
    totp_pending: null,
  }
  const siteId = parts.random.id('site')
  const memberId = parts.random.id('mem')
  const membership = { member_id: memberId, site_id: siteId }
  return letIn(parts, account, membership, browser, {
    alsoInside: async (sql) => {
      const used = await links.consumeLink(sql, tokenHash(given.token), 'setup', now)
      if (!used || (await hasSites(sql))) throw new Refused('notFound', 'link.ended')
      // Whoever waits on another setup link finds it used.
      await links.endLinks(sql, 'setup', now, null)
      const queueId = await openSite(parts, sql, { siteId, name: given.siteName })
      await store.insertAccount(sql, { accountId: account.account_id, email, passwordHash, at: now })
      const name = given.name
      await addMember(sql, { siteId, memberId, accountId: account.account_id, name, role: 'admin' }, [
        queueId,
      ])
      const actor = { kind: 'system', siteId, rule: 'setup' } as const
      await writeAudit(sql, actor, {
        action: 'site.created',
        object: `site:${siteId}`,
        ip: browser.ip,
      })
    },
  })
}
