import type { CommandAnswer } from '@parley/shared/protocol/answers.ts'
import type { MemberSettings } from '@parley/shared/protocol/settings.ts'
import { askingMember } from '../../app/asking-member.ts'
import { writeAudit } from '../../app/audit.ts'
import type { Parts } from '../../app/parts.ts'
import { Refused } from '../../app/refused.ts'
import type { SiteCommands } from '../../app/site-command.ts'
import { openSite, presenceMs, siteKeyOf } from '../../sites/index.ts'
import type { Sql } from '../../storage/database.ts'
import { announceRevoked } from '../revocations.ts'
import { endLinks } from '../sessions/links-store.ts'
import { deleteSessionsOfMember } from '../sessions/store.ts'
import { inviteMember } from './invite-member.ts'
import { resetSignIn } from './reset-sign-in.ts'
import * as store from './store.ts'

export const memberCommands: SiteCommands = {
  inviteMember,
  resetSignIn,

  async listMembers({ actor, sql, parts }) {
    const rows = await store.membersOf(sql, actor.siteId, presentSince(parts))
    return { members: rows.map(settingsOf) }
  },

  async saveMember({ actor, input, sql, parts, origin, afterCommit }) {
    const { memberId, name, role, capacity } = input
    const before = await loadMember(parts, sql, actor.siteId, memberId)
    if ((before.role === 'vendor') !== (role === 'vendor')) {
      throw new Refused('invalid', 'member.vendorRole', { field: 'role' })
    }
    if (before.role === 'admin' && role !== 'admin') await keepAnAdmin(sql, actor.siteId, memberId)
    await store.updateMember(sql, actor.siteId, { memberId, name, role, capacity })
    const ended = before.role === role ? [] : await deleteSessionsOfMember(sql, memberId)
    await writeAudit(sql, actor, {
      action: before.role === role ? 'member.saved' : 'member.roleChanged',
      object: `member:${memberId}`,
      ...(before.role === role ? {} : { reason: `${before.role} to ${role}` }),
      ip: origin.ip,
    })
    // With another role the person signs in anew: no session outlives the rights it was made with.
    afterCommit(() => dropSessions(parts, memberId, before.role === role ? undefined : ended))
    return settingsOf(await loadMember(parts, sql, actor.siteId, memberId))
  },

  async disableMember({ actor, input, sql, parts, origin, afterCommit }) {
    const { memberId, isDisabled } = input
    if (isDisabled && memberId === askingMember(actor).memberId) {
      throw new Refused('invalid', 'member.yourself')
    }
    const before = await loadMember(parts, sql, actor.siteId, memberId)
    if (isDisabled && before.role === 'admin') await keepAnAdmin(sql, actor.siteId, memberId)
    const disabledAt = isDisabled ? (before.disabled_at ?? parts.clock.now()) : null
    await store.setDisabled(sql, actor.siteId, memberId, disabledAt)
    const ended = isDisabled ? await deleteSessionsOfMember(sql, memberId) : undefined
    // Whoever is let in again later is invited again: a link that was out does not come back to life.
    if (isDisabled) await endLinks(sql, 'invitation', parts.clock.now(), memberId)
    await writeAudit(sql, actor, {
      action: isDisabled ? 'member.disabled' : 'member.enabled',
      object: `member:${memberId}`,
      ip: origin.ip,
    })
    afterCommit(() => dropSessions(parts, memberId, ended))
    return {}
  },

  async setAvailability({ actor, input, sql }) {
    const { siteId, memberId } = askingMember(actor)
    const saved = await store.setOwnAvailability(sql, siteId, memberId, {
      availability: input.availability ?? null,
      capacity: input.capacity ?? null,
    })
    if (!saved) throw new Refused('notAllowed')
    const reason = `${saved.availability}, capacity ${saved.capacity}`
    const object = `member:${memberId}`
    await writeAudit(sql, actor, { action: 'availability.set', object, reason })
    return saved
  },

  async listColleagues({ actor, sql, parts }) {
    const { siteId, vendorId } = askingMember(actor)
    const members = await store.colleaguesOf(sql, siteId, presentSince(parts), vendorId)
    const queues = await store.queuesFor(sql, siteId, vendorId)
    return {
      members: members.map(colleagueOf),
      queues: queues.map(({ queue_id, name, kind }) => ({ queueId: queue_id, name, kind })),
    }
  },

  async createSite({ actor, input, sql, parts, origin }) {
    const { accountId, name } = askingMember(actor)
    const siteId = parts.random.id('site')
    const memberId = parts.random.id('mem')
    const queueId = await openSite(parts, sql, { siteId, name: input.name })
    await store.addMember(sql, { siteId, memberId, accountId, name, role: 'admin' }, [queueId])
    const line = { action: 'site.created', object: `site:${siteId}`, ip: origin.ip }
    await writeAudit(sql, actor, line)
    await writeAudit(sql, { ...askingMember(actor), siteId, memberId }, line)
    return { siteId, siteKey: await siteKeyOf(sql, siteId) }
  },
}

async function loadMember(
  parts: Parts,
  sql: Sql,
  siteId: string,
  memberId: string,
): Promise<store.MemberRow> {
  const row = await store.memberById(sql, siteId, memberId, presentSince(parts))
  if (!row) throw new Refused('notFound', 'member.unknown')
  return row
}

async function keepAnAdmin(sql: Sql, siteId: string, memberId: string): Promise<void> {
  if ((await store.countOtherAdmins(sql, siteId, memberId)) === 0) {
    throw new Refused('conflict', 'member.lastAdmin')
  }
}

function dropSessions(parts: Parts, memberId: string, ended: readonly string[] | undefined): void {
  if (ended === undefined) return
  announceRevoked(parts, { memberId })
  for (const sessionId of ended) announceRevoked(parts, { sessionId })
}

function presentSince(parts: Parts): Date {
  return new Date(parts.clock.now().getTime() - presenceMs)
}

function settingsOf(row: store.MemberRow): MemberSettings {
  return {
    memberId: row.member_id,
    name: row.name,
    email: row.email,
    role: row.role,
    vendorId: row.vendor_id,
    capacity: row.capacity,
    availability: row.availability,
    isOnline: row.is_online,
    isDisabled: row.disabled_at !== null,
    isInvited: row.is_invited,
    hasTotp: row.has_totp,
    queueIds: row.queue_ids,
  }
}

function colleagueOf(row: store.ColleagueRow): CommandAnswer<'listColleagues'>['members'][number] {
  return {
    memberId: row.member_id,
    name: row.name,
    party: row.role === 'vendor' ? 'vendor' : row.role === 'moderator' ? 'moderator' : 'support',
    ...(row.vendor_name === null ? {} : { of: row.vendor_name }),
    isAvailable: row.availability === 'available',
    isOnline: row.is_online,
    vendorId: row.vendor_id,
  }
}
