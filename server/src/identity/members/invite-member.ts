import type { CommandInput } from '@parley/shared/protocol/commands.ts'
import { writeAudit } from '../../app/audit.ts'
import { Refused } from '../../app/refused.ts'
import type { SiteContext } from '../../app/site-command.ts'
import type { Sql } from '../../storage/database.ts'
import { canMailInvitations, createInvitation } from '../sessions/invitation.ts'
import { mailInvitation } from '../sessions/invitation-letter.ts'
import { canonicalEmail } from '../sessions/sign-in.ts'
import { accountByEmail, insertAccount } from '../sessions/store.ts'
import * as store from './store.ts'

/** The link is mailed where mail is configured; whoever invites may pass it on as well. */
export async function inviteMember(
  context: SiteContext<'inviteMember'>,
): Promise<{ memberId: string; link: string; isMailed: boolean }> {
  const { actor, sql, parts } = context
  const memberId = await addInvited(context)
  const isMailed = canMailInvitations(parts)
  const subject = { siteId: actor.siteId, memberId }
  const link = await (isMailed ? mailInvitation : createInvitation)(parts, sql, subject)
  return { memberId, link, isMailed }
}

/** Somebody who has not joined yet may be invited again: the new link replaces the old one. */
export async function addInvited({
  actor,
  input,
  sql,
  parts,
  origin,
}: SiteContext<'inviteMember'>): Promise<string> {
  const { siteId } = actor
  const { name, role } = input
  const { vendorId, queueIds } = await placeOf(sql, siteId, input)
  const email = canonicalEmail(input.email)
  const known = await store.memberByEmail(sql, siteId, email)
  if (known && !known.is_invited) throw new Refused('conflict', 'member.exists', { field: 'email' })

  const memberId = known?.member_id ?? parts.random.id('mem')
  if (known) await store.reinviteMember(sql, siteId, { memberId, name, role, vendorId }, queueIds)
  else {
    const at = parts.clock.now()
    await insertAccount(sql, { accountId: parts.random.id('acc'), email, passwordHash: null, at })
    const account = await accountByEmail(sql, email)
    if (!account) throw new Error('An account that was just added is not there')
    const member = { siteId, memberId, accountId: account.account_id, name, role, vendorId, isInvited: true }
    await store.addMember(sql, member, queueIds)
  }
  await writeAudit(sql, actor, {
    action: 'member.invited',
    object: `member:${memberId}`,
    reason: role,
    ip: origin.ip,
  })
  return memberId
}

/** A vendor's people serve their vendor's queue from the start; staff are put into queues by an admin. */
async function placeOf(
  sql: Sql,
  siteId: string,
  { role, vendorId }: Pick<CommandInput<'inviteMember'>, 'role' | 'vendorId'>,
): Promise<{ vendorId: string | null; queueIds: string[] }> {
  if ((role === 'vendor') !== (vendorId !== null)) {
    throw new Refused('invalid', 'member.vendorRole', { field: 'vendorId' })
  }
  if (vendorId === null) return { vendorId, queueIds: [] }
  const queue = await store.vendorQueue(sql, siteId, vendorId)
  if (!queue) throw new Refused('notFound', 'vendor.unknown', { field: 'vendorId' })
  return { vendorId, queueIds: [queue.queue_id] }
}
