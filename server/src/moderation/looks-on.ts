import { isWatchedOver } from '@parley/shared/conversation/room.ts'
import type { Actor, MemberActor } from '@parley/shared/people.ts'
import type { Held } from '../conversations/index.ts'

/** Reads what is not with support without taking part there: that is watching, however it was opened. */
export function looksOn(actor: Actor, { conversation }: Held): actor is MemberActor {
  if (actor.kind !== 'member' || (actor.role !== 'moderator' && actor.role !== 'admin')) return false
  if (!isWatchedOver(conversation)) return false
  const { assignee, moderation } = conversation
  return ![assignee?.memberId, moderation.moderator?.memberId].includes(actor.memberId)
}
