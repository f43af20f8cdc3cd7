import type { CommandAnswer, Outcome } from './answers.ts'
import type { CommandName, CommandWish } from './commands.ts'
import type { ClientHints, ServerHints } from './ephemeral.ts'
import type { WireEvent } from './events.ts'

/** Who connects, in the handshake's auth payload; never in the address. */
export type Hello =
  | {
      kind: 'visitor'
      protocol: number
      siteKey: string
      /** From an earlier `welcome`; absent on the first visit. */
      visitorToken?: string
      /** Signed by the marketplace. */
      identityToken?: string
      locale?: string
      timeZone?: string
    }
  | { kind: 'member'; protocol: number; ticket: string }

/** Sent once after each connect. */
export interface Welcome {
  readerId: string
  /** Keep it in the page's own storage; it replaces any earlier one. Absent for members. */
  visitorToken?: string
  /** ISO time after which a fresh identity token is needed; null for anonymous visitors. */
  identityExpiresAt: string | null
  serverTime: string
}

export type ClientToServer = {
  [N in CommandName]: (wish: CommandWish<N>, answer: (outcome: Outcome<CommandAnswer<N>>) => void) => void
} & { [H in keyof ClientHints as `hint:${H}`]: (hint: ClientHints[H]) => void }

export type ServerToClient = {
  /** At most once; the log is the truth. */
  event: (event: WireEvent) => void
  /** The reader's own head: a higher one than held means something is missing. */
  head: (head: { conversationId: string; position: number }) => void
  welcome: (welcome: Welcome) => void
} & { [H in keyof ServerHints as `hint:${H}`]: (hint: ServerHints[H]) => void }

/** `connect_error.data` when the handshake is refused. */
export interface ConnectRefusal {
  code: 'notAllowed' | 'unavailable' | 'invalid' | 'rateLimited'
  reason:
    | 'site.unknown'
    | 'identity.refused'
    | 'visitor.ended'
    | 'ticket.refused'
    | 'protocol.old'
    | 'busy'
    | 'origin.foreign'
}
