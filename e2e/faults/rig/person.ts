import { systemClock } from '@parley/server/src/clock.ts'
import { type buyers, marlow } from '@parley/server/src/demo/cast.ts'
import { identityToken } from '@parley/server/src/demo/identity-token.ts'
import { castBuyers } from '@parley/server/src/demo/person.ts'
import { type Connection, createConnection } from '@parley/shared/client/connection.ts'
import type { ConversationFeed } from '@parley/shared/client/feed.ts'
import type { OutboxStore } from '@parley/shared/client/outbox.ts'
import { newRequestId } from '@parley/shared/client/request-id.ts'
import { memoryStore } from '@parley/shared/client/testing/memory-store.ts'
import type { ReaderKind } from '@parley/shared/people.ts'
import type { CommandAnswer, Outcome } from '@parley/shared/protocol/answers.ts'
import type { CommandName, CommandWish } from '@parley/shared/protocol/commands.ts'
import { mayRetry } from '@parley/shared/protocol/refusals.ts'
import { protocolVersion } from '@parley/shared/protocol/version.ts'
import type { Hello } from '@parley/shared/protocol/wire.ts'
import { io } from 'socket.io-client'
import { type Line, startLine } from './line.ts'
import type { RawSocket, Recorder } from './recorder.ts'
import {
  askAnyNode,
  type MemberName,
  memberIdOf,
  type Proof,
  readerOf,
  type Site,
  signIn,
  visitorProof,
} from './site.ts'

/** Somebody with a browser: the product's own client, on a line of their own that can be made to fail. */
export interface Person {
  name: string
  reader: ReaderKind
  actorId: string
  line: Line
  connection: Connection
  /** The port of the one node this person may be connected to; anybody's when null. */
  pin: number | null
  /** How often a connection was made. */
  readonly connects: number
  proof(): Proof
  follow(conversationId: string): void
  feed(conversationId: string): ConversationFeed
  followed(): string[]
  say(conversationId: string, text: string): string
  note(conversationId: string, text: string): Promise<void>
  once<N extends CommandName>(name: N, wish: CommandWish<N>): Promise<Outcome<CommandAnswer<N>>>
  /** As often as it takes; a definite no throws. */
  ask<N extends CommandName>(name: N, wish: CommandWish<N>): Promise<CommandAnswer<N>>
  /** The page is loaded again: only what was stored on the device is left. */
  reload(): void
  close(): Promise<void>
}

interface Options {
  site: Site
  recorder: Recorder
  pick: (ports: readonly number[]) => number | undefined
}

export type BuyerName = keyof typeof buyers

function buyerNamed(name: BuyerName) {
  const buyer = castBuyers.find(({ key }) => key === name)
  if (!buyer) throw new Error(`The cast knows nobody called ${name}.`)
  return buyer
}

const retryMs = 250
const patienceMs = 180_000

/** Somebody unknown, or one of the shop's buyers with what the shop signs for them. */
export async function visit(options: Options, name: string, buyer?: BuyerName): Promise<Person> {
  let token: string | undefined
  const person = await connectAs(
    options,
    { name, reader: 'customer' },
    async () => ({
      kind: 'visitor',
      protocol: protocolVersion,
      siteKey: marlow.siteKey,
      ...(token === undefined ? {} : { visitorToken: token }),
      ...(buyer === undefined ? {} : { identityToken: await identityToken(buyerNamed(buyer), systemClock) }),
    }),
    () => visitorProof(token ?? ''),
    (given) => {
      token = given ?? token
    },
  )
  return person
}

/** The same member may sit before several screens: each has its own name, and all the same cookie. */
export async function signInAs(
  options: Options,
  member: MemberName,
  name: string = member,
  proof?: Proof,
): Promise<Person> {
  const own = proof ?? (await signIn(options.site, member))
  return connectAs(
    options,
    { name, reader: readerOf(member), actorId: memberIdOf(member) },
    async () => {
      const answer = await askAnyNode(options.site, '/api/v1/session/ticket', {}, own)
      const { ticket } = (await answer.json()) as { ticket?: string }
      return { kind: 'member', protocol: protocolVersion, ticket: ticket ?? 'no-ticket-was-given' }
    },
    () => own,
  )
}

async function connectAs(
  { site, recorder, pick }: Options,
  who: { name: string; reader: ReaderKind; actorId?: string },
  hello: () => Promise<Hello>,
  proof: () => Proof,
  onToken: (token: string | undefined) => void = () => {},
): Promise<Person> {
  const store: OutboxStore = memoryStore()
  const feeds = new Map<string, ConversationFeed>()
  let connects = 0
  const line = await startLine(() => (person.pin === null ? pick(site.ready()) : person.pin))
  const person: Person = {
    name: who.name,
    reader: who.reader,
    actorId: who.actorId ?? '',
    line,
    connection: undefined as unknown as Connection,
    pin: null,
    get connects() {
      return connects
    },
    proof,
    follow(conversationId) {
      feeds.set(conversationId, open(conversationId))
    },
    feed(conversationId) {
      const feed = feeds.get(conversationId)
      if (!feed) throw new Error(`${who.name} does not follow ${conversationId}.`)
      return feed
    },
    followed: () => [...feeds.keys()],
    say(conversationId, text) {
      person.feed(conversationId).send(text)
      const pending = person.connection.outbox
        .pendingIn(conversationId)
        .findLast((message) => message.text === text)
      if (!pending) throw new Error(`“${text}” was not taken by the outbox.`)
      const { requestId } = pending
      recorder.submit({ requestId, client: who.name, conversationId, text, kind: 'message' })
      return requestId
    },
    async note(conversationId, text) {
      const requestId = newRequestId()
      recorder.submit({ requestId, client: who.name, conversationId, text, kind: 'note' })
      await person.ask('addNote', { requestId, conversationId, text })
    },
    once: (name, wish) => person.connection.ask(name, wish),
    async ask(name, wish) {
      const lastAt = performance.now() + patienceMs
      for (;;) {
        const outcome = await person.connection.ask(name, wish)
        if (outcome.ok) return outcome.value
        const { code, reason = code, retryAfterMs = retryMs } = outcome.refusal
        if (!mayRetry(outcome.refusal)) throw new Error(`${name} was refused to ${who.name}: ${reason}.`)
        if (performance.now() > lastAt)
          throw new Error(`${name} of ${who.name} had no answer in time: ${reason}.`)
        await new Promise((next) => setTimeout(next, Math.min(retryAfterMs, 1_000)))
      }
    },
    reload() {
      const followed = [...feeds.keys()]
      feeds.clear()
      person.connection.close()
      person.connection = connect()
      for (const conversationId of followed) person.follow(conversationId)
    },
    async close() {
      person.connection.close()
      await line.close()
    },
  }

  function connect(): Connection {
    const connection = createConnection({
      store,
      hello,
      openSocket(auth) {
        const socket = io(`http://127.0.0.1:${line.port}`, {
          path: '/socket',
          transports: ['websocket'],
          auth,
          autoConnect: false,
          forceNew: true,
          reconnectionDelay: 200,
          reconnectionDelayMax: 2_000,
          timeout: 5_000,
        })
        socket.on('connect', () => {
          connects += 1
        })
        return recorder.watch(who.name, socket as unknown as RawSocket)
      },
    })
    connection.on('welcome', ({ visitorToken }) => onToken(visitorToken))
    return connection
  }

  function open(conversationId: string): ConversationFeed {
    const feed = person.connection.openConversation(conversationId)
    let shown = -1
    feed.subscribe(() => {
      const { events, isLoading } = feed.get()
      const last = events.at(-1)?.position ?? 0
      if (isLoading || last === shown) return
      shown = last
      recorder.shows(who.name, conversationId, last)
    })
    return feed
  }

  person.connection = connect()
  await new Promise<void>((resolve, reject) => {
    person.connection.on('welcome', () => resolve())
    person.connection.on('refused', ({ reason }) => reject(new Error(`${who.name} was refused: ${reason}.`)))
  })
  person.actorId = who.actorId ?? person.connection.readerId ?? ''
  recorder.client(who.name, who.reader, person.actorId)
  return person
}
