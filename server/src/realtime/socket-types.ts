import type { Actor, ReaderKind } from '@parley/shared/people.ts'
import type { Viewing } from '@parley/shared/protocol/ephemeral.ts'
import type { ClientToServer, ServerToClient } from '@parley/shared/protocol/wire.ts'
import type { Server, Socket } from 'socket.io'
import type { Revocation } from '../identity/index.ts'

/** What the server remembers of a connection: who it is, decided before it was accepted. */
export interface SocketMemory {
  actor: Actor
  sessionId: string | null
}

/** Who of one node looks at a conversation. */
export interface NodeViewing {
  nodeId: string
  conversationId: string
  reader: ReaderKind
  viewers: Viewing['viewers']
}

/** Between nodes: hints only. The router needs none: one look, on whichever node, serves all lines. */
export interface BetweenNodes {
  revoked: (who: Revocation) => void
  /** Who may read these has changed. */
  factsChanged: (conversationIds: string[]) => void
  siteChanged: (siteId: string) => void
  rolloutsChanged: (siteId: string) => void
  viewing: (list: NodeViewing) => void
}

/** To all other nodes, if there are any; nothing is waited for. */
export type TellNodes = <N extends keyof BetweenNodes>(
  name: N,
  ...values: Parameters<BetweenNodes[N]>
) => void

export type ParleyServer = Server<ClientToServer, ServerToClient, BetweenNodes, SocketMemory>
export type ParleySocket = Socket<ClientToServer, ServerToClient, BetweenNodes, SocketMemory>
