import type { Counterpart, RoomCounterpart, RoomMember } from '../protocol/events.ts'

/** Among vendors, or among buyers: nobody is the customer there, and nobody owes an answer. */
export function roomOf({ with: counterpart }: { with: Counterpart }): RoomCounterpart | undefined {
  return 'members' in counterpart ? counterpart : undefined
}

export function isRoom(conversation: { with: Counterpart }): boolean {
  return 'members' in conversation.with
}

/** What moderators watch over: whatever is not with the marketplace's own support. */
export function isWatchedOver({ with: { kind } }: { with: Counterpart }): boolean {
  return kind !== 'support'
}

export function memberIn(conversation: { with: Counterpart }, id: string): RoomMember | undefined {
  return roomOf(conversation)?.members.find((member) => member.id === id)
}
