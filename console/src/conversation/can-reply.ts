import type { Moderation } from '@parley/shared/conversation/moderation.ts'
import { isRoom, isWatchedOver } from '@parley/shared/conversation/room.ts'
import type { MemberId } from '@parley/shared/ids.ts'
import type { MemberRole } from '@parley/shared/people.ts'
import type { Counterpart, PublicMember } from '@parley/shared/protocol/events.ts'
import type { ConversationStatus } from '@parley/shared/protocol/reading.ts'
import { mayModerate } from '../moderation/may-moderate.ts'

export interface Standing {
  status: ConversationStatus
  assignee: PublicMember | null
  offer: { to: PublicMember; untilAt: string } | null
  with?: Counterpart
  moderation?: Moderation
}

/**
 * How this member stands to the conversation before replying; null when it is theirs. Sending takes what is free or
 * offered to them; what somebody else has, or is being asked to take, has to be taken over first.
 */
export type BeforeReply =
  | { step: 'accept'; untilAt: string }
  | { step: 'take' }
  | { step: 'takeOver'; from: PublicMember }
  | { step: 'wait'; offeredTo: PublicMember }
  | { step: 'reopen' }
  /** A moderator has taken over: the vendor waits for the handing back. */
  | { step: 'handBack'; by: PublicMember }
  /** A moderator only looks on between a customer and a vendor. */
  | { step: 'watch' }
  | null

export function beforeReply(standing: Standing, ownId: MemberId, role?: MemberRole): BeforeReply {
  const { moderation } = standing
  if (role === 'vendor' && moderation?.stage === 'takenOver' && moderation.moderator !== null)
    return { step: 'handBack', by: moderation.moderator }
  if (standing.status === 'closed') return { step: 'reopen' }
  if (standing.assignee?.memberId === ownId || moderation?.moderator?.memberId === ownId) return null
  if (mayModerate(role) && standing.with && isWatchedOver({ with: standing.with })) return { step: 'watch' }
  // In a room everybody speaks.
  if (standing.with && isRoom({ with: standing.with })) return null
  if (standing.offer?.to.memberId === ownId) return { step: 'accept', untilAt: standing.offer.untilAt }
  if (standing.assignee !== null) return { step: 'takeOver', from: standing.assignee }
  if (standing.offer !== null) return { step: 'wait', offeredTo: standing.offer.to }
  return { step: 'take' }
}

export function blocksReply(before: BeforeReply): boolean {
  return before !== null && before.step !== 'accept' && before.step !== 'take'
}
