import type { Parts } from '../app/parts.ts'
import type { Held } from '../conversations/index.ts'
import { looksOn, type Watches } from '../moderation/index.ts'
import { rooms } from './rooms.ts'
import type { ParleyServer, ParleySocket } from './socket-types.ts'

interface Watcher {
  watchId: Promise<string>
  /** Opened as watching: neither typing nor reading nor presence of it is heard of, not even by colleagues. */
  isSilent: boolean
}

/** Who of this node looks on where. A watch lasts exactly as long as the connection is in the conversation's room. */
export interface Watchers {
  /** Rejects when it cannot be put on record: then nobody may look. */
  begin(socket: ParleySocket, held: Held, isSilent: boolean, reason?: string): Promise<void>
  isSilent(socket: ParleySocket, conversationId: string): boolean
  /** Somebody has joined, taken over, handed back or left: who looks on may have changed. */
  weigh(held: Held): void
}

export function createWatchers(parts: Parts, io: ParleyServer, watches: Watches): Watchers {
  const bySocket = new Map<string, Map<string, Watcher>>()
  const find = (socketId: string, conversationId: string) => bySocket.get(socketId)?.get(conversationId)

  async function begin(socket: ParleySocket, held: Held, isSilent: boolean, reason?: string): Promise<void> {
    const { conversationId } = held.conversation
    const { actor } = socket.data
    if (!looksOn(actor, held)) return
    const before = find(socket.id, conversationId)
    if (before) {
      before.isSilent = isSilent
      await before.watchId
      return
    }
    const watchId = watches.start(actor, conversationId, reason)
    const own = bySocket.get(socket.id) ?? new Map<string, Watcher>()
    bySocket.set(socket.id, own.set(conversationId, { watchId, isSilent }))
    try {
      await watchId
    } catch (error) {
      forget(socket.id, conversationId)
      throw error
    }
    if (socket.connected) await socket.join(rooms.watchers(conversationId))
    else end(socket.id, conversationId)
  }

  function forget(socketId: string, conversationId: string): void {
    const own = bySocket.get(socketId)
    own?.delete(conversationId)
    if (own?.size === 0) bySocket.delete(socketId)
  }

  function end(socketId: string, conversationId: string): void {
    const watcher = find(socketId, conversationId)
    if (!watcher) return
    forget(socketId, conversationId)
    void io.of('/').sockets.get(socketId)?.leave(rooms.watchers(conversationId))
    // One that could not begin has nothing to end.
    watcher.watchId.then(
      (watchId) => watches.stop(watchId),
      () => {},
    )
  }

  // However a connection leaves: by a wish, by losing the right, by closing.
  io.of('/').adapter.on('leave-room', (room: string, socketId: string) => {
    const conversationId = rooms.staffConversationIn(room)
    if (conversationId !== undefined) end(socketId, conversationId)
  })

  return {
    begin,
    isSilent: (socket, conversationId) => find(socket.id, conversationId)?.isSilent === true,
    weigh(held) {
      const { conversationId } = held.conversation
      for (const id of io.of('/').adapter.rooms.get(rooms.conversation(conversationId, 'staff')) ?? []) {
        const socket = io.of('/').sockets.get(id)
        if (!socket) continue
        if (!looksOn(socket.data.actor, held)) end(id, conversationId)
        else if (!find(id, conversationId))
          begin(socket, held, true).catch((error) => {
            parts.logger.warn({ err: error }, 'A watch could not be put on record: it is ended.')
            void socket.leave(rooms.conversation(conversationId, 'staff'))
            socket.emit('hint:forget', { conversationId })
          })
      }
    },
  }
}
