import { isRoom, isWatchedOver } from '@parley/shared/conversation/room.ts'
import { type Actor, type Author, authorOf, type MemberActor } from '@parley/shared/people.ts'
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

/**
 * Only one person answers at a time: writing takes what is free, and never what is another's; in a room everybody speaks.
 * Who moderates joins or takes over before writing, and is then seen to.
 */
export function assignToSelf(held: Held, actor: Actor): NewEvent[] {
  if (actor.kind !== 'member') return []
  const { assignee, offer, moderation } = held.conversation
  if (assignee?.memberId === actor.memberId) return []
  if (isMeant(moderation.moderator, actor)) return []
  if (isWatcher(held, actor)) throw new Refused('notAllowed', 'moderation.joinFirst')
  if (isRoom(held.conversation)) return []
  if (assignee) throw new Refused('notAllowed', 'takeFirst')
  if (offer && offer.to.memberId !== actor.memberId) throw new Refused('notAllowed', 'offeredToAnother')
  return [{ type: 'assigned', payload: { to: publicMember(actor), how: offer ? 'offered' : 'taken' } }]
}

function isMeant(moderator: PublicMember | null, { memberId }: MemberActor): boolean {
  return moderator?.memberId === memberId
}

function isWatcher({ conversation }: Held, { role }: MemberActor): boolean {
  return isWatchedOver(conversation) && (role === 'moderator' || role === 'admin')
}

/** Everybody sees a moderator as one, whatever they are besides. */
export function asModerator({ conversation }: Held, actor: Actor): Author | undefined {
  if (actor.kind !== 'member' || !isMeant(conversation.moderation.moderator, actor)) return undefined
  return { ...authorOf(actor), party: 'moderator' }
}
