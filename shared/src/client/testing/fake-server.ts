import { type Conversation, evolve } from '../../conversation/conversation.ts'
import type { Author } from '../../people.ts'
import type { NewEvent, WireEvent } from '../../protocol/events.ts'
import type { WireSocket } from '../socket.ts'

export const conversationId = 'cnv_one'
export const marta: Author = { side: 'customer', party: 'buyer', id: 'con_marta', name: 'Marta' }
export const priya: Author = { side: 'staff', party: 'support', id: 'mem_priya', name: 'Priya' }

/** What can go wrong between client and server, decided for each frame. */
export interface Weather {
  /** The wish never reaches the server. */
  losesWish(): boolean
  /** The server does it, and its answer is lost. */
  losesAnswer(): boolean
  losesEvent(): boolean
  doublesEvent(): boolean
  delayMs(): number
}

export const fairWeather: Weather = {
  losesWish: () => false,
  losesAnswer: () => false,
  losesEvent: () => false,
  doublesEvent: () => false,
  delayMs: () => 1,
}

type Listener = (...values: never[]) => void
type Answer = (outcome: unknown) => void

/** A server of one conversation: a log with idempotent sends, behind a network with weather. */
export class FakeServer {
  weather: Weather = fairWeather
  readonly events: WireEvent[] = []
  readonly received: string[] = []
  refuseNext: { code: string; reason?: string } | null = null
  private conversation: Conversation | null = null
  private readonly sockets = new Set<FakeSocket>()

  constructor() {
    this.append(marta, {
      type: 'conversationStarted',
      payload: {
        with: { kind: 'support', name: 'Marlow support' },
        about: {},
        customer: { contactId: marta.id, name: marta.name, role: 'buyer', isVerified: true },
        queue: { id: 'que_1', name: 'Support' },
        topic: null,
        answers: [],
        isLeftMessage: false,
      },
    })
  }

  append(by: Author, event: NewEvent, requestId?: string): WireEvent {
    const wire = {
      conversationId,
      position: this.events.length + 1,
      at: new Date(this.events.length * 1_000).toISOString(),
      by,
      ...event,
      ...(requestId === undefined ? {} : { requestId }),
    } as WireEvent
    this.events.push(wire)
    this.conversation = evolve(this.conversation, wire)
    for (const socket of this.sockets) socket.deliver(wire)
    return wire
  }

  say(by: Author, text: string, requestId?: string): WireEvent {
    return this.append(
      by,
      { type: 'messageSent', payload: { messageId: `msg_${this.events.length}`, text, files: [] } },
      requestId,
    )
  }

  readonly open = (): WireSocket => {
    const socket = new FakeSocket(this)
    this.sockets.add(socket)
    return socket
  }

  cut(): void {
    for (const socket of this.sockets) socket.drop()
  }

  restore(): void {
    for (const socket of this.sockets) socket.connect()
  }

  /** As when a backup is restored that ends at this position. */
  goBackTo(position: number): void {
    this.events.length = position
    this.conversation = null
    for (const event of this.events) this.conversation = evolve(this.conversation, event)
  }

  handle(
    name: string,
    wish: { after?: number; before?: number; limit?: number; requestId?: string; text?: string },
  ): unknown {
    const head = this.events.length
    if (name === 'followConversation') return { head }
    if (name === 'readConversation') {
      const limit = wish.limit ?? 200
      const events =
        wish.after === undefined
          ? this.events.filter((event) => event.position < (wish.before ?? head + 1)).slice(-limit)
          : this.events.filter((event) => event.position > (wish.after ?? 0)).slice(0, limit)
      return { conversationId, events, head, conversation: this.conversation, marks: [] }
    }
    if (name === 'sendMessage') {
      const known = this.events.find((event) => event.requestId === wish.requestId)
      const event = known ?? this.say(marta, wish.text ?? '', wish.requestId)
      if (!known) this.received.push(wish.text ?? '')
      return { conversationId, position: event.position, at: event.at, messageId: 'msg' }
    }
    return {}
  }
}

class FakeSocket implements WireSocket {
  private readonly listeners = new Map<string, Listener[]>()
  private isUp = false
  private readonly server: FakeServer

  constructor(server: FakeServer) {
    this.server = server
  }

  on(name: string, listener: Listener): void {
    this.listeners.set(name, [...(this.listeners.get(name) ?? []), listener])
  }

  emit(name: string, wish: never, answer?: Answer): void {
    const { weather } = this.server
    if (!answer || !this.isUp || weather.losesWish()) return
    setTimeout(() => {
      if (!this.isUp) return
      const refusal = name === 'sendMessage' ? this.server.refuseNext : null
      if (refusal) this.server.refuseNext = null
      const outcome = refusal ? { ok: false, refusal } : { ok: true, value: this.server.handle(name, wish) }
      if (!weather.losesAnswer()) setTimeout(() => this.isUp && answer(outcome), weather.delayMs())
    }, weather.delayMs())
  }

  deliver(event: WireEvent): void {
    const { weather } = this.server
    if (!this.isUp || weather.losesEvent()) return
    for (let times = weather.doublesEvent() ? 2 : 1; times > 0; times -= 1)
      setTimeout(() => this.isUp && this.tell('event', event), weather.delayMs())
  }

  connect(): void {
    setTimeout(() => {
      this.isUp = true
      this.tell('welcome', { readerId: marta.id, identityExpiresAt: null, serverTime: '' })
    }, 1)
  }

  drop(): void {
    if (!this.isUp) return
    this.isUp = false
    this.tell('disconnect', 'transport close')
  }

  disconnect(): void {
    this.drop()
  }

  private tell(name: string, value: unknown): void {
    for (const listener of this.listeners.get(name) ?? []) (listener as (value: unknown) => void)(value)
  }
}
