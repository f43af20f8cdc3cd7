import { askingMember } from '../../app/asking-member.ts'
import { writeAudit } from '../../app/audit.ts'
import { Refused } from '../../app/refused.ts'
import type { SiteContext } from '../../app/site-command.ts'
import { createInvitation } from '../sessions/invitation.ts'
import { belongsElsewhere, linkedMember } from './store.ts'

/**
 * For somebody who has lost their password or second factor. An account that other sites share is not this
 * admin's to open; and one's own is changed by its password, never round it.
 */
export async function resetSignIn({
  actor,
  input,
  sql,
  parts,
  origin,
}: SiteContext<'resetSignIn'>): Promise<{ link: string }> {
  const { siteId } = actor
  const { memberId } = input
  if (memberId === askingMember(actor).memberId) throw new Refused('invalid', 'member.yourself')
  const member = await linkedMember(sql, { siteId, memberId }, true)
  if (!member) throw new Refused('notFound', 'member.unknown')
  if (await belongsElsewhere(sql, member.account_id, siteId))
    throw new Refused('conflict', 'member.elsewhere')
  await writeAudit(sql, actor, {
    action: 'member.resetOffered',
    object: `member:${memberId}`,
    ip: origin.ip,
  })
  return { link: await createInvitation(parts, sql, { siteId, memberId, isReset: true }) }
}
