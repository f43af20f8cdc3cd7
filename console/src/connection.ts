import { type Connection, type ConnectionState, createConnection } from '@parley/shared/client/connection.ts'
import type { WireSocket } from '@parley/shared/client/socket.ts'
import type { CommandAnswer, Outcome } from '@parley/shared/protocol/answers.ts'
import type { CommandName, CommandWish } from '@parley/shared/protocol/commands.ts'
import { protocolVersion } from '@parley/shared/protocol/version.ts'
import type { Hello } from '@parley/shared/protocol/wire.ts'
import { signal } from '@preact/signals'
import { io } from 'socket.io-client'
import { api, me } from './session.ts'
import { unsentMessages } from './unsent-messages.ts'

export const connectionState = signal<ConnectionState>('connecting')
/** The live connection of whoever is signed in; null before and after. */
export const connection = signal<Connection | null>(null)

type OpenSocket = Parameters<typeof createConnection>[0]['openSocket']

export function connect(openSocket: OpenSocket = openRealSocket): Connection {
  disconnect()
  const opened = createConnection({ openSocket, hello, store: unsentMessages })
  connectionState.value = opened.state
  opened.on('state', (state) => {
    connectionState.value = state
  })
  opened.on('refused', (refusal) => {
    // A ticket that is refused twice means that the session has ended elsewhere.
    if (refusal.code === 'notAllowed') me.value = null
  })
  connection.value = opened
  return opened
}

export function disconnect(): void {
  connection.value?.close()
  connection.value = null
}

/** Never rejects; `unavailable` when nobody is connected or no answer came. */
export async function ask<N extends CommandName>(
  name: N,
  wish: CommandWish<N>,
): Promise<Outcome<CommandAnswer<N>>> {
  const live = connection.peek()
  if (live === null) return { ok: false, refusal: { code: 'unavailable', reason: 'offline' } }
  return live.ask(name, wish)
}

const ticketRetryMs = 2_000

async function hello(): Promise<Hello> {
  for (;;) {
    const outcome = await api<{ ticket: string }>('/api/v1/session/ticket')
    if (outcome.ok) return { kind: 'member', protocol: protocolVersion, ticket: outcome.value.ticket }
    if (outcome.refusal.code === 'notAllowed') {
      me.value = null
      return new Promise(() => {})
    }
    await new Promise((resolve) => setTimeout(resolve, outcome.refusal.retryAfterMs ?? ticketRetryMs))
  }
}

const openRealSocket: OpenSocket = (auth): WireSocket =>
  io({
    path: '/socket',
    auth,
    autoConnect: false,
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: 8_000,
    randomizationFactor: 0.5,
  }) as WireSocket
