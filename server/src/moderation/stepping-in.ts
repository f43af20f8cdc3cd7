import type { Conversation } from '@parley/shared/conversation/conversation.ts'
import { isRoom, isWatchedOver } from '@parley/shared/conversation/room.ts'
import type { Actor, MemberActor } from '@parley/shared/people.ts'
import type { ModerationAct, NewEvent, PublicMember } from '@parley/shared/protocol/events.ts'
import { Refused } from '../app/refused.ts'
import { type Held, publicMember } from '../conversations/index.ts'

/** Whoever moderates is shown as a moderator, an admin too. */
export function moderatorOf(actor: Actor): PublicMember {
  if (actor.kind !== 'member') throw new Refused('notAllowed')
  return { ...publicMember(actor), party: 'moderator' }
}

/** Moderation stands between a customer and a vendor, and in rooms; what is with support is simply taken. */
export function withVendor({ conversation }: Held): Conversation {
  if (!isWatchedOver(conversation)) throw new Refused('notAllowed', 'moderation.vendorsOnly')
  return conversation
}

export function withOpenVendor(held: Held): Conversation {
  const conversation = withVendor(held)
  if (conversation.status === 'closed') throw new Refused('closed', 'reopenFirst')
  return conversation
}

/** A whisper is for the vendor's side alone; in a room there is nobody it could be kept from. */
export function withSides(conversation: Conversation): void {
  if (isRoom(conversation)) throw new Refused('notAllowed', 'moderation.noSides')
}

export function isModeratedBy(conversation: Conversation, member: Pick<MemberActor, 'memberId'>): boolean {
  return conversation.moderation.moderator?.memberId === member.memberId
}

/** Somebody else has stepped in already: the answer says who. */
export function ownedByAnother({ moderation }: Conversation): Refused {
  const reason = moderation.stage === 'takenOver' ? 'moderation.takenOver' : 'moderation.joined'
  return new Refused('conflict', reason, { who: moderation.moderator?.name ?? '' })
}

export function explained(act: ModerationAct, reason: string, messageId?: string): NewEvent {
  return {
    type: 'moderationExplained',
    payload: { act, reason, ...(messageId === undefined ? {} : { messageId }) },
  }
}
