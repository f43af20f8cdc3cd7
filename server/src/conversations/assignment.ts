import type { Actor, MemberActor } from '@parley/shared/people.ts'
import type { NewEvent, PublicMember } from '@parley/shared/protocol/events.ts'
import { Refused } from '../app/refused.ts'
import type { Held } from './held.ts'

export function publicMember(member: MemberActor): PublicMember {
  return {
    memberId: member.memberId,
    name: member.name,
    party: member.role === 'vendor' ? 'vendor' : member.role === 'moderator' ? 'moderator' : 'support',
    ...(member.vendorName === null ? {} : { of: member.vendorName }),
  }
}

/** Only one person answers at a time: writing takes what is free, and never what is another's. */
export function assignToSelf(held: Held, actor: Actor): NewEvent[] {
  if (actor.kind !== 'member') return []
  const { assignee, offer } = held.conversation
  if (assignee?.memberId === actor.memberId) return []
  if (assignee) throw new Refused('notAllowed', 'takeFirst')
  if (offer && offer.to.memberId !== actor.memberId) throw new Refused('notAllowed', 'offeredToAnother')
  return [{ type: 'assigned', payload: { to: publicMember(actor), how: offer ? 'offered' : 'taken' } }]
}
