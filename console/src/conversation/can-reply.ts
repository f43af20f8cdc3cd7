import type { MemberId } from '@parley/shared/ids.ts'
import type { PublicMember } from '@parley/shared/protocol/events.ts'
import type { ConversationStatus } from '@parley/shared/protocol/reading.ts'

export interface Standing {
  status: ConversationStatus
  assignee: PublicMember | null
  offer: { to: PublicMember; untilAt: string } | null
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
  | null

export function beforeReply(standing: Standing, ownId: MemberId): BeforeReply {
  if (standing.status === 'closed') return { step: 'reopen' }
  if (standing.assignee?.memberId === ownId) return null
  if (standing.offer?.to.memberId === ownId) return { step: 'accept', untilAt: standing.offer.untilAt }
  if (standing.assignee !== null) return { step: 'takeOver', from: standing.assignee }
  if (standing.offer !== null) return { step: 'wait', offeredTo: standing.offer.to }
  return { step: 'take' }
}

export function blocksReply(before: BeforeReply): boolean {
  return before?.step === 'takeOver' || before?.step === 'wait' || before?.step === 'reopen'
}
