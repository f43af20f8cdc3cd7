import { permitsOn } from '@parley/shared/policy/policy.ts'
import { type Committed, factsOf, type Held } from '../conversations/index.ts'
import { mentionedIn, type OpenMention, toldOf } from '../mentions/index.ts'
import { rooms } from './rooms.ts'
import type { ParleyServer } from './socket-types.ts'

/** A member is told of a mention in a room of their own: who else is called by the same note is not their business. */
export function createMentionHints(io: ParleyServer): {
  announce(commits: readonly Committed[]): void
  tellOpen(held: Held, open: readonly OpenMention[]): void
  tellRead(memberId: string, conversationId: string): void
} {
  return {
    announce(commits) {
      for (const { held, events } of commits)
        for (const event of events) {
          if (event.type !== 'noteAdded') continue
          for (const memberId of mentionedIn(event))
            io.to(rooms.member(memberId)).emit('hint:mention', toldOf(held, event))
        }
    },

    // Later than the note: whoever has lost the right to read it since must not hear of it.
    tellOpen(held, open) {
      for (const mention of open)
        for (const id of io.of('/').adapter.rooms.get(rooms.member(mention.memberId)) ?? []) {
          const socket = io.of('/').sockets.get(id)
          if (socket && permitsOn(socket.data.actor, 'note.read', factsOf(held)))
            socket.emit('hint:mention', toldOf(held, mention))
        }
    },

    tellRead(memberId, conversationId) {
      io.to(rooms.member(memberId)).emit('hint:mention', { conversationId, note: null })
    },
  }
}
