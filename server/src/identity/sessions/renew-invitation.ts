import { writeAudit } from '../../app/audit.ts'
import type { Parts } from '../../app/parts.ts'
import { Refused } from '../../app/refused.ts'
import { linkedMember, lockMember } from '../members/store.ts'
import { tokenHash } from '../token-hash.ts'
import { type InvitationSubject, isRenewable, linkMs } from './invitation.ts'
import { mailInvitation } from './invitation-letter.ts'
import * as links from './links-store.ts'

const hourMs = 60 * 60_000
/** With the invitation itself: letters that are lost are few, and nobody's mailbox is filled. */
const lettersAnHour = 4

/**
 * The page of a link whose time is over asks for another. It goes to the address that was invited and nowhere else, the
 * old one dies at once, and whoever asks learns nothing: with a token that opens nothing it looks the same.
 */
export async function renewInvitation(parts: Parts, token: string, ip: string): Promise<void> {
  const { database, clock } = parts
  const hash = tokenHash(token)
  await database.transaction(async (sql) => {
    const link = await links.findOpenLink<InvitationSubject>(sql, hash, 'invitation')
    if (!link || !isRenewable(parts, link.subject)) return
    const { siteId, memberId } = link.subject
    await lockMember(sql, siteId, memberId)
    const now = clock.now()
    if (!(await links.endOpenLink(sql, hash, now))) return
    if (!(await linkedMember(sql, link.subject, false))) return
    // A link that began within the hour ends after this.
    const ended = new Date(now.getTime() + linkMs - hourMs)
    const ends = await links.endsAfter(sql, 'invitation', memberId, ended)
    const [first] = ends
    if (first && ends.length >= lettersAnHour) {
      const retryAfterMs = first.getTime() - ended.getTime()
      throw new Refused('rateLimited', 'limit.invitationLetters', { retryAfterMs })
    }
    await mailInvitation(parts, sql, link.subject)
    const actor = { kind: 'system', siteId, rule: 'invitation' } as const
    await writeAudit(sql, actor, { action: 'member.invitationRenewed', object: `member:${memberId}`, ip })
  })
}
