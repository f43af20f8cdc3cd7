import type { Actor, MemberActor } from '@parley/shared/people.ts'
import type { Parts } from '../app/parts.ts'
import { Refused } from '../app/refused.ts'
import { publicMember, verb } from '../conversations/index.ts'
import { restrictedLoad } from './store.ts'

/** From the queue, or from a colleague who was seen to have it: somebody faster makes it a conflict. */
export const takeConversation = verb<'takeConversation'>({
  prepare: ({ actor }, parts) => refuseFull(actor, parts),

  decide(held, { actor, input }) {
    const member = asMember(actor)
    const { assignee, offer, status, moderation } = held.conversation
    if (assignee?.memberId === member.memberId && status !== 'closed') return []
    if (status === 'closed') throw new Refused('closed', 'reopenFirst')
    if (moderation.stage === 'takenOver')
      throw new Refused('conflict', 'moderation.takenOver', { who: moderation.moderator?.name ?? '' })
    if ((assignee?.memberId ?? null) !== input.from) throw new Refused('conflict', 'assignedToAnother')
    return [
      {
        type: 'assigned',
        payload: {
          to: publicMember(member),
          how: offer?.to.memberId === member.memberId ? 'offered' : 'taken',
        },
      },
    ]
  },
})

export const acceptOffer = verb<'acceptOffer'>({
  prepare: ({ actor }, parts) => refuseFull(actor, parts),

  decide(held, { actor }) {
    const member = asMember(actor)
    const { assignee, offer } = held.conversation
    if (assignee?.memberId === member.memberId) return []
    if (offer?.to.memberId !== member.memberId) throw new Refused('conflict', 'offer.gone')
    return [{ type: 'assigned', payload: { to: publicMember(member), how: 'offered' } }]
  },
})

export const declineOffer = verb<'declineOffer'>({
  decide(held, { actor }) {
    const { offer } = held.conversation
    if (offer?.to.memberId !== asMember(actor).memberId) return []
    return [{ type: 'offerLapsed', payload: { to: offer.to, why: 'declined' } }]
  },
})

/** A restricted vendor's people take no more at a time than they are left. */
async function refuseFull(actor: Actor, parts: Parts): Promise<undefined> {
  if (actor.kind !== 'member' || actor.vendorState !== 'restricted') return
  const load = await restrictedLoad(parts.database, actor.siteId, actor.memberId)
  if (load && load.open >= load.limit) throw new Refused('notAllowed', 'vendor.capacity')
}

function asMember(actor: Actor): MemberActor {
  if (actor.kind !== 'member') throw new Refused('notAllowed')
  return actor
}
