import { writeAudit } from '../../app/audit.ts'
import type { Parts } from '../../app/parts.ts'
import { Refused } from '../../app/refused.ts'
import { acceptMembership } from '../members/store.ts'
import { endLinks } from '../sessions/links-store.ts'
import { type Browser, canonicalEmail, letIn, type SignedIn } from '../sessions/sign-in.ts'
import * as sessions from '../sessions/store.ts'
import type { SsoPerson } from './provider.ts'
import * as store from './store.ts'

/**
 * Only for somebody an admin has added: the first time by the address that the provider has verified, from then on by the
 * provider's own name for the person. Who was invited joins by it.
 */
export async function enterBySso(parts: Parts, person: SsoPerson, browser: Browser): Promise<SignedIn> {
  const account = await accountOf(parts, person)
  const place = account && (await store.placeOf(parts.database, account.account_id))
  if (!account || !place) throw new Refused('notAllowed', 'sso.unknown')
  return letIn(parts, account, place, browser, {
    isSso: true,
    alsoInside: async (sql) => {
      if (!(await store.bindSubject(sql, account.account_id, person.subject)))
        throw new Refused('notAllowed', 'sso.unknown')
      if (!place.is_invited) return
      await endLinks(sql, 'invitation', parts.clock.now(), place.member_id)
      await acceptMembership(sql, place.site_id, place.member_id)
      await writeAudit(
        sql,
        { kind: 'system', siteId: place.site_id, rule: 'sso' },
        {
          action: 'member.joined',
          object: `member:${place.member_id}`,
          ip: browser.ip,
        },
      )
    },
  })
}

async function accountOf(
  parts: Parts,
  { subject, email }: SsoPerson,
): Promise<sessions.AccountRow | undefined> {
  const known = await store.accountBySubject(parts.database, subject)
  if (known || email === null) return known
  return sessions.accountByEmail(parts.database, canonicalEmail(email))
}
