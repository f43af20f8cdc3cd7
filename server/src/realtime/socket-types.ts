import type { Actor, ReaderKind } from '@parley/shared/people.ts'
import type { Viewing } from '@parley/shared/protocol/ephemeral.ts'
import type { ClientToServer, ServerToClient } from '@parley/shared/protocol/wire.ts'
import type { Server, Socket } from 'socket.io'
import type { Held, StoredEvent } from '../conversations/index.ts'
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

/** What was committed to one conversation; the whole of it only where who may read it may have changed. */
export interface Announced {
  events: readonly StoredEvent[]
  decided: { before: Held; held: Held } | null
}

/** When each reader kind's stream last moved: a row is told only to those for whom something happened. */
export type MovedAt = Partial<Record<ReaderKind, string>>

/** A conversation as it stands in lists now. */
export interface Row {
  held: Held
  movedAt: MovedAt
  isOnBoard: boolean
}

/** Between nodes: hints only. The router needs none: one look, on whichever node, serves all lines. */
export interface BetweenNodes {
  revoked: (who: Revocation) => void
  committed: (announced: readonly Announced[]) => void
  rowsMoved: (rows: readonly Row[]) => void
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
