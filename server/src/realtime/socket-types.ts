import type { Actor } from '@parley/shared/people.ts'
import type { ClientToServer, ServerToClient } from '@parley/shared/protocol/wire.ts'
import type { Server, Socket } from 'socket.io'

/** What the server remembers of a connection: who it is, decided before it was accepted. */
export interface SocketMemory {
  actor: Actor
  sessionId: string | null
}

/** Between nodes: hints only. */
export interface BetweenNodes {
  revoked: (who: { memberId?: string; visitorId?: string; sessionId?: string }) => void
  factsChanged: (conversationId: string) => void
  routing: () => void
}

export type ParleyServer = Server<ClientToServer, ServerToClient, BetweenNodes, SocketMemory>
export type ParleySocket = Socket<ClientToServer, ServerToClient, BetweenNodes, SocketMemory>
