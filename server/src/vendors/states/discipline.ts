import { actorIdOf } from '@parley/shared/people.ts'
import { isAdmitted } from '@parley/shared/vendors/life-cycle.ts'
import { askingMember } from '../../app/asking-member.ts'
import type { Parts } from '../../app/parts.ts'
import { Refused } from '../../app/refused.ts'
import type { SiteCommands } from '../../app/site-command.ts'
import type { Log } from '../../conversations/index.ts'
import { planNotice } from '../letters/letters.ts'
import { describeOwnVendor, describeVendor, isDecision } from '../profile/describe-vendor.ts'
import { loadRules } from '../rules/rules-store.ts'
import { announceAccess } from './access.ts'
import { decideAppeal, foreignConversations, insertAppeal, openAppeal } from './appeals-store.ts'
import { handBack } from './hand-back.ts'
import { moveVendor } from './move-vendor.ts'
import { stepsOf } from './states-store.ts'

export function disciplineCommands(log: Pick<Log, 'append'>): SiteCommands {
  return {
    async disciplineVendor({ actor, input, sql, parts, origin, afterCommit }) {
      const { siteId } = actor
      const { vendorId, act, reason: why, conversationIds } = input
      if (await foreignConversations(sql, siteId, vendorId, conversationIds))
        throw new Refused('invalid', 'conversation.unknown', { field: 'conversationIds' })
      const untilAt = input.untilAt === null ? null : new Date(input.untilAt)
      const { rules } = await loadRules(sql, siteId)
      const { after } = await moveVendor(parts, sql, actor, {
        vendorId,
        act,
        why,
        untilAt,
        conversationIds,
        ...(act === 'restrict'
          ? {
              limits: {
                capacity: input.capacity ?? rules.standing.restrictedCapacity,
                closedTopics: input.closedTopics,
                areLinksOff: input.areLinksOff,
              },
            }
          : {}),
        ip: origin.ip,
      })
      if (act !== 'endProbation') await planNotice(parts, sql, { siteId, vendorId, act, words: why, untilAt })
      afterCommit(() => follow(parts, log, siteId, vendorId, isAdmitted(after)))
      return describeVendor(parts, sql, siteId, vendorId)
    },

    async appealAsVendor({ actor, input, sql, parts, origin }) {
      const { siteId, vendorId, memberId, name } = askingMember(actor)
      if (vendorId === null) throw new Refused('notFound')
      const view = await describeOwnVendor(parts, sql, siteId, vendorId)
      if (view.appeal !== null && view.appeal.decision === null) throw new Refused('conflict', 'appeal.open')
      if (!view.mayAppeal) throw new Refused('conflict', 'appeal.decided')
      await moveVendor(parts, sql, actor, {
        vendorId,
        act: 'appeal',
        why: 'Asked to look at it again',
        ip: origin.ip,
      })
      const at = parts.clock.now()
      await insertAppeal(sql, siteId, {
        vendorId,
        appealId: parts.random.id('apl'),
        at,
        byId: memberId,
        byName: name,
        text: input.text,
      })
      return describeOwnVendor(parts, sql, siteId, vendorId)
    },

    async decideVendorAppeal({ actor, input, sql, parts, origin, afterCommit }) {
      const { siteId, memberId, name } = askingMember(actor)
      const { vendorId, verdict, reason: why } = input
      const appeal = await openAppeal(sql, siteId, vendorId)
      if (!appeal) throw new Refused('notFound', 'appeal.unknown')
      const steps = await stepsOf(sql, siteId, vendorId)
      if (steps.findLast(isDecision)?.by_id === actorIdOf(actor))
        throw new Refused('notAllowed', 'appeal.secondPerson')
      const isSuspended = steps.at(-1)?.to_state === 'suspended'
      const act = verdict === 'keep' ? 'keep' : isSuspended ? 'readmit' : 'lift'
      const { after } = await moveVendor(parts, sql, actor, {
        vendorId,
        act,
        why,
        ...(verdict === 'keep' ? {} : { to: input.to }),
        ip: origin.ip,
      })
      const decision = { at: parts.clock.now(), byId: memberId, byName: name, verdict, reason: why }
      await decideAppeal(sql, siteId, appeal.appeal_id, decision)
      await planNotice(parts, sql, { siteId, vendorId, act, words: why })
      afterCommit(() => follow(parts, log, siteId, vendorId, isAdmitted(after)))
      return describeVendor(parts, sql, siteId, vendorId)
    },
  }
}

/** Rights first: nobody reads or writes any more while their conversations are still on the way back. */
export async function follow(
  parts: Parts,
  log: Pick<Log, 'append'>,
  siteId: string,
  vendorId: string,
  isAdmittedNow: boolean,
): Promise<void> {
  await announceAccess(parts, siteId, vendorId)
  if (!isAdmittedNow) await handBack(parts, log, siteId, vendorId)
}
