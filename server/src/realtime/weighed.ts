import type { Held } from '../conversations/index.ts'
import { isFollowedHere } from './following.ts'
import type { ParleyServer } from './socket-types.ts'

/** More are forgotten, and weighed anew. */
const most = 20_000

/**
 * Up to which event it is certain that whoever follows a conversation here may read it. What comes next is told at once;
 * where something is missing in between, by which a right may have been lost, they are weighed first.
 */
export interface Weighed {
  at(conversationId: string): number | undefined
  moveTo(conversationId: string, seq: number): void
  /** Before a connection that may read it as it stood then follows it. */
  begin(held: Held): void
  forget(conversationId: string): void
}

export function createWeighed(io: ParleyServer): Weighed {
  const upTo = new Map<string, number>()
  return {
    at: (conversationId) => upTo.get(conversationId),
    moveTo(conversationId, seq) {
      if (upTo.size >= most) upTo.clear()
      upTo.set(conversationId, seq)
    },
    begin({ conversation: { conversationId }, heads }) {
      const others = isFollowedHere(io, conversationId) ? (upTo.get(conversationId) ?? 0) : heads.staff
      this.moveTo(conversationId, Math.min(others, heads.staff))
    },
    forget: (conversationId) => upTo.delete(conversationId),
  }
}
