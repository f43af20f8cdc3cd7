import { roomOf } from '@parley/shared/conversation/room.ts'
import type { Counterpart } from '@parley/shared/protocol/events.ts'
import type { Me } from '@parley/shared/protocol/reading.ts'

interface Titled {
  with: Counterpart
  customer: { name: string }
}

/** What a conversation is called: its customer, and for a member of a room the others in it. */
export function titleOf(subject: Titled, who: Pick<Me, 'vendorId'> | null): string {
  const room = roomOf(subject)
  if (!room) return subject.customer.name
  const others = room.members.filter(({ id }) => id !== who?.vendorId).map(({ name }) => name)
  return who?.vendorId == null || room.kind === 'buyers' ? room.name : others.join(', ')
}

export function roomWord({ with: { kind } }: { with: Counterpart }): string | null {
  if (kind === 'vendors') return 'Room of vendors'
  return kind === 'buyers' ? 'Room of buyers' : null
}
