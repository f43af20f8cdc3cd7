import type { ConversationId } from '../ids.ts'
import type { CommandAnswer, Outcome } from '../protocol/answers.ts'
import type { CommandName, CommandWish } from '../protocol/commands.ts'
import type { ClientHints, ServerHints } from '../protocol/ephemeral.ts'
import type { WireEvent } from '../protocol/events.ts'
import type { ConnectRefusal, Hello, Welcome } from '../protocol/wire.ts'
import type { Auth, WireSocket } from './socket.ts'

export type ConnectionState = 'connecting' | 'online' | 'offline' | 'refused'

export interface ConnectionEvents extends ServerHints {
  state: ConnectionState
  /** Online, and what waited to be asked is on its way. */
  ready: null
  /** As they come over the wire, in whatever order. */
  received: WireEvent
  head: { conversationId: ConversationId; position: number }
  closed: null
  welcome: Welcome
  refused: ConnectRefusal
  /** Every event of every followed conversation, as it is accepted in order. */
  event: WireEvent
}

export interface LinkOptions {
  /** May load its code first; what is asked or sent meanwhile waits. */
  openSocket: (auth: Auth) => WireSocket | Promise<WireSocket>
  hello: () => Hello | Promise<Hello>
  /** How long an ask waits for its answer, offline time included. */
  askTimeoutMs?: number
}

/** The socket, hello and questions: what there is before any conversation is opened. */
export interface Link {
  readonly state: ConnectionState
  readonly readerId: string | null
  /** Never rejects: `unavailable` when no answer came in time, and then nothing is known of the wish. */
  ask<N extends CommandName>(name: N, wish: CommandWish<N>): Promise<Outcome<CommandAnswer<N>>>
  on<K extends keyof ConnectionEvents>(name: K, listener: (value: ConnectionEvents[K]) => void): () => void
  hint<H extends keyof ClientHints>(name: H, hint: ClientHints[H]): void
  tell<K extends keyof ConnectionEvents>(name: K, value: ConnectionEvents[K]): void
  /** Says hello again with fresh credentials. */
  reconnect(): void
  close(): void
}

const hintNames = [
  'typing',
  'viewing',
  'marks',
  'inbox',
  'board',
  'tone',
  'mention',
  'forget',
  'queue',
  'availability',
] as const

// Refusals of a handshake that asking again can cure.
const passing = new Set<ConnectRefusal['code']>(['unavailable', 'rateLimited'])

export function createLink(options: LinkOptions): Link {
  const { askTimeoutMs = 10_000 } = options
  const listeners = new Map<string, Set<(value: never) => void>>()
  const inFlight = new Set<() => void>()
  const waiting = new Set<() => void>()
  let socket: WireSocket | null = null
  let state: ConnectionState = 'connecting'
  let readerId: string | null = null
  let isClosed = false
  let again: ReturnType<typeof setTimeout> | undefined
  /** Who waits for a hello: one still being made for a connection before this is never said. */
  let asking: unknown

  function tell<K extends keyof ConnectionEvents>(name: K, value: ConnectionEvents[K]): void {
    for (const listener of listeners.get(name) ?? [])
      (listener as (value: ConnectionEvents[K]) => void)(value)
  }

  function become(next: ConnectionState): void {
    if (state === next || isClosed) return
    state = next
    tell('state', next)
    if (next !== 'online') {
      // Whether these reached the server is unknown; whoever asked decides whether to ask again.
      for (const giveUp of [...inFlight]) giveUp()
      return
    }
    for (const go of [...waiting]) go()
    tell('ready', null)
  }

  function ask<N extends CommandName>(name: N, wish: CommandWish<N>): Promise<Outcome<CommandAnswer<N>>> {
    return new Promise((resolve) => {
      const end = (outcome: Outcome<CommandAnswer<N>>) => {
        clearTimeout(timer)
        waiting.delete(go)
        inFlight.delete(unknown)
        resolve(outcome)
      }
      const unknown = () => end({ ok: false, refusal: { code: 'unavailable', reason: 'offline' } })
      const go = () => {
        waiting.delete(go)
        inFlight.add(unknown)
        socket?.emit(name, wish, end)
      }
      const timer = setTimeout(unknown, askTimeoutMs)
      if (isClosed || state === 'refused') unknown()
      else if (state === 'online') go()
      else waiting.add(go)
    })
  }

  function attach(opened: WireSocket): void {
    socket = opened
    opened.on('welcome', (welcome: Welcome) => {
      // Already come back, sooner than was asked.
      clearTimeout(again)
      readerId = welcome.readerId
      tell('welcome', welcome)
      become('online')
    })
    opened.on('disconnect', (reason: string) => {
      become('offline')
      // Socket.IO does not come back by itself when the server closed the connection.
      if (reason === 'io server disconnect') comeBack(1_000)
    })
    opened.on('connect_error', (error: Error & { data?: ConnectRefusal }) => {
      if (!error.data) return become('offline')
      if (passing.has(error.data.code)) {
        become('offline')
        return comeBack(4_000)
      }
      become('refused')
      tell('refused', error.data)
    })
    opened.on('event', (event: WireEvent) => tell('received', event))
    opened.on('head', (head: ConnectionEvents['head']) => tell('head', head))
    opened.on('hint:reconnectSoon', ({ withinMs }: { withinMs: number }) => comeBack(withinMs))
    for (const name of hintNames) opened.on(`hint:${name}`, (hint: never) => tell(name, hint))
  }

  // Spread over the time given, so that a whole site does not come back in one moment.
  function comeBack(withinMs: number): void {
    clearTimeout(again)
    again = setTimeout(reconnect, withinMs * (0.25 + 0.75 * Math.random()))
  }

  function reconnect(): void {
    if (isClosed || !socket) return
    clearTimeout(again)
    asking = null
    socket.disconnect()
    state = 'offline'
    become('connecting')
    socket.connect()
  }

  const auth: Auth = (give) => {
    asking = give
    void new Promise<Hello>((resolve) => resolve(options.hello())).then(
      (hello) => asking === give && give(hello),
      () => {
        if (asking !== give) return
        // Credentials could not be had, most likely because the network is away.
        socket?.disconnect()
        become('offline')
        comeBack(4_000)
      },
    )
  }
  void Promise.resolve(options.openSocket(auth)).then(
    (opened) => {
      if (isClosed) return opened.disconnect()
      attach(opened)
      opened.connect()
    },
    () => become('offline'),
  )

  return {
    get state() {
      return state
    },
    get readerId() {
      return readerId
    },
    ask,
    tell,
    reconnect,
    on(name, listener) {
      const set = listeners.get(name) ?? new Set()
      listeners.set(name, set)
      set.add(listener as (value: never) => void)
      return () => set.delete(listener as (value: never) => void)
    },
    hint(name, hint) {
      if (state === 'online') socket?.emit(`hint:${name}`, hint)
    },
    close() {
      if (isClosed) return
      become('offline')
      isClosed = true
      clearTimeout(again)
      tell('closed', null)
      for (const go of [...waiting]) go()
      for (const giveUp of [...inFlight]) giveUp()
      listeners.clear()
      socket?.disconnect()
    },
  }
}
