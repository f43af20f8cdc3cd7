import { authorOf } from '@parley/shared/people.ts'
import type { NewEvent } from '@parley/shared/protocol/events.ts'
import { Refused } from '../app/refused.ts'
import { assignToSelf, verb } from '../conversations/index.ts'
import { loadSite } from '../sites/index.ts'
import { findSupportQueue, findTarget, type Target } from './store.ts'

type To =
  | { kind: 'member'; target: Target }
  | { kind: 'queue'; queue: { id: string; name: string }; siteName: string }

/**
 * Passed to a person of the same side, or to one of the marketplace's queues. A vendor's conversation that goes to the
 * marketplace is the marketplace's from then on; the marketplace's never goes to a vendor, who would read it all.
 */
export const transferConversation = verb<'transferConversation', To>({
  async prepare({ actor, input }, parts) {
    if (input.to.kind === 'member') {
      const { memberId } = input.to
      const now = parts.clock.now()
      const target = await findTarget(parts.database, actor.siteId, memberId, input.conversationId, now)
      if (!target) throw new Refused('notFound', 'member.unknown')
      return { kind: 'member', target }
    }
    const queue = await findSupportQueue(parts.database, actor.siteId, input.to.queueId)
    if (!queue) throw new Refused('notFound', 'queue.unknown')
    const site = await loadSite(parts, actor.siteId)
    return { kind: 'queue', queue, siteName: site.branding.name }
  },

  decide(held, { actor, input, prepared }) {
    const { status, with: counterpart } = held.conversation
    if (status === 'closed') throw new Refused('closed', 'reopenFirst')
    const reason: NewEvent =
      authorOf(actor).side === 'vendor'
        ? { type: 'transferExplained', payload: { reason: input.reason } }
        : {
            type: 'noteAdded',
            payload: { noteId: `transfer_${input.requestId}`, text: input.reason, mentions: [] },
          }
    const isMine = held.conversation.assignee === null ? [] : assignToSelf(held, actor)
    if (prepared.kind === 'member') {
      const { target } = prepared
      const vendorId = counterpart.kind === 'vendor' ? counterpart.vendorId : null
      const isSameSide =
        vendorId === null ? target.vendorId === null : [vendorId, null].includes(target.vendorId)
      if (!isSameSide) throw new Refused('notAllowed', 'transfer.otherSide')
      if (!target.mayAnswer) throw new Refused('notAllowed', 'vendor.topic')
      return [...isMine, reason, { type: 'assigned', payload: { to: target.member, how: 'transferred' } }]
    }
    return [
      ...isMine,
      reason,
      {
        type: 'transferred',
        payload: { with: { kind: 'support', name: `${prepared.siteName} support` }, queue: prepared.queue },
      },
    ]
  },
})
