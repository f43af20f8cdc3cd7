import type { Conversation } from '@parley/shared/conversation/conversation.ts'
import { roomOf } from '@parley/shared/conversation/room.ts'
import type { RolloutGroup, RolloutRule } from '@parley/shared/protocol/rollout.ts'
import type { Feature } from '@parley/shared/rollout/features.ts'
import { groupOf, type Subject } from './decide.ts'

/** Whom a conversation is about, as its row tells. */
export interface Concerned {
  contactId: string | null
  vendorId: string | null
  /** Who answers. */
  memberId: string | null
  role: 'buyer' | 'vendor'
  isVerified: boolean
  room: { kind: 'vendors' | 'buyers'; memberIds: readonly string[] } | null
}

export function concernedIn(conversation: Conversation): Concerned {
  const { with: counterpart, customer, assignee } = conversation
  const room = roomOf(conversation)
  return {
    contactId: customer.contactId,
    vendorId: counterpart.kind === 'vendor' ? counterpart.vendorId : null,
    memberId: assignee?.memberId ?? null,
    role: customer.role,
    isVerified: customer.isVerified,
    room: room ? { kind: room.kind, memberIds: room.members.map(({ id }) => id) } : null,
  }
}

/** A room has a feature when everybody in it has: nobody is held out of what reaches them through others. */
export function groupIn(
  siteId: string,
  feature: Feature,
  rule: RolloutRule,
  concerned: Concerned,
): RolloutGroup {
  const groups = subjectsOf(concerned).map((subject) => groupOf(siteId, feature, rule, subject))
  return groups.find((group) => group !== 'on') ?? 'on'
}

function subjectsOf({ contactId, vendorId, memberId, role, isVerified, room }: Concerned): Subject[] {
  if (room?.kind === 'vendors') return room.memberIds.map((id) => ({ vendorId: id }))
  if (room) return room.memberIds.map((id) => ({ contactId: id, role: 'buyer', isVerified: true }))
  return [
    {
      contactId: contactId ?? undefined,
      vendorId,
      memberId: memberId ?? undefined,
      role: role === 'vendor' ? 'seller' : 'buyer',
      isVerified,
    },
  ]
}
