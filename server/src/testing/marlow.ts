import { type Connection, createConnection } from '@parley/shared/client/connection.ts'
import type { ConversationFeed } from '@parley/shared/client/feed.ts'
import type { WireSocket } from '@parley/shared/client/socket.ts'
import { memoryStore } from '@parley/shared/client/testing/memory-store.ts'
import type { CommandAnswer } from '@parley/shared/protocol/answers.ts'
import type { CommandName, CommandWish } from '@parley/shared/protocol/commands.ts'
import type { Refusal } from '@parley/shared/protocol/refusals.ts'
import { protocolVersion } from '@parley/shared/protocol/version.ts'
import type { Hello } from '@parley/shared/protocol/wire.ts'
import { io } from 'socket.io-client'
import { type App, startApp } from '../app/app.ts'
import { systemClock } from '../clock.ts'
import { type buyers, marlow, staff, vendorMembers } from '../demo/cast.ts'
import { identityToken } from '../demo/identity-token.ts'
import { findPerson } from '../demo/person.ts'
import { seedDemo } from '../demo/seed.ts'
import { createTimers } from '../storage/timers.ts'
import { expectDescribed } from './described.ts'
import { freePort } from './free-port.ts'
import { createSiteWorld, type Engine, type Shared, type SiteWorld } from './site-world.ts'

export type BuyerName = keyof typeof buyers
export type MemberName = keyof typeof staff | keyof typeof vendorMembers

/** Somebody of the cast with a real connection; every frame it receives is kept for leak tests. */
export interface Person {
  name: string
  connection: Connection
  frames: { name: string; values: unknown[] }[]
  /** Answers the value, or throws with the refusal. */
  ask<N extends CommandName>(name: N, wish: CommandWish<N>): Promise<CommandAnswer<N>>
  refusal<N extends CommandName>(name: N, wish: CommandWish<N>): Promise<Refusal>
  open(conversationId: string): ConversationFeed
  close(): void
}

export interface Marlow {
  world: SiteWorld
  app: App
  url: string
  visitor(hello?: Partial<Extract<Hello, { kind: 'visitor' }>>): Promise<Person & { visitorToken: string }>
  buyer(name: BuyerName): Promise<Person & { visitorToken: string }>
  member(name: MemberName): Promise<Person>
  /** Somebody who is no part of the cast, by a console cookie of their own. */
  memberWith(name: string, cookie: string): Promise<Person>
  /** The console's cookie of a member, signed in through the front door. */
  cookie(name: MemberName): Promise<string>
  restart(): Promise<void>
  close(): Promise<void>
}

/** The demo's site, running on a port of its own with real sockets. */
export async function startMarlow(
  engine: Engine = 'postgres',
  env: Record<string, string> = {},
  shared?: Shared,
): Promise<Marlow> {
  const port = await freePort()
  const url = `http://localhost:${port}`
  const settings = { PUBLIC_URL: url, PORT: String(port), ...env }
  const world = await createSiteWorld(engine, settings, systemClock, shared)
  await seedDemo(world.parts)
  let app = await startApp(world.parts)
  const people: Person[] = []
  const cookies = new Map<string, string>()

  async function connect(
    name: string,
    hello: () => Hello | Promise<Hello>,
  ): Promise<Person & { visitorToken: string }> {
    const frames: Person['frames'] = []
    let visitorToken = ''
    const connection = createConnection({
      store: memoryStore(),
      hello,
      openSocket(auth) {
        const socket = io(url, {
          path: '/socket',
          transports: ['websocket'],
          auth,
          autoConnect: false,
          reconnectionDelay: 50,
          reconnectionDelayMax: 200,
          forceNew: true,
        })
        socket.onAny((frame: string, ...values: unknown[]) => frames.push({ name: frame, values }))
        return socket as WireSocket
      },
    })
    await new Promise<void>((resolve, reject) => {
      connection.on('welcome', (welcome) => {
        visitorToken = welcome.visitorToken ?? visitorToken
        resolve()
      })
      connection.on('refused', (refusal) => reject(Object.assign(new Error(refusal.reason), { refusal })))
    })
    const feeds: ConversationFeed[] = []
    const person: Person & { visitorToken: string } = {
      name,
      connection,
      frames,
      get visitorToken() {
        return visitorToken
      },
      async ask(command, wish) {
        const outcome = await connection.ask(command, wish)
        expectDescribed(command, outcome)
        if (!outcome.ok)
          throw Object.assign(new Error(`${command}: ${JSON.stringify(outcome.refusal)}`), outcome)
        return outcome.value
      },
      async refusal(command, wish) {
        const outcome = await connection.ask(command, wish)
        if (outcome.ok) throw new Error(`${name} was allowed to ${command}`)
        return outcome.refusal
      },
      open(conversationId) {
        const feed = connection.openConversation(conversationId)
        feeds.push(feed)
        return feed
      },
      close() {
        for (const feed of feeds) feed.close()
        connection.close()
      },
    }
    people.push(person)
    return person
  }

  async function cookie(name: MemberName): Promise<string> {
    const known = cookies.get(name)
    if (known) return known
    const { email } = { ...staff, ...vendorMembers }[name]
    const response = await fetch(`${url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url, 'parley-csrf': '1' },
      body: JSON.stringify({ email, password: marlow.password }),
    })
    if (!response.ok) throw new Error(`${name} could not sign in: ${await response.text()}`)
    const given = response.headers.get('set-cookie')?.split(';')[0] ?? ''
    cookies.set(name, given)
    return given
  }

  async function helloOf(given: string): Promise<Hello> {
    const response = await fetch(`${url}/api/v1/session/ticket`, {
      method: 'POST',
      headers: { cookie: given, origin: url, 'parley-csrf': '1' },
    })
    const { ticket } = (await response.json()) as { ticket?: string }
    return { kind: 'member', protocol: protocolVersion, ticket: ticket ?? 'no-ticket-was-given' }
  }

  const visitorHello = { kind: 'visitor', protocol: protocolVersion, siteKey: marlow.siteKey } as const

  return {
    world,
    get app() {
      return app
    },
    url,
    cookie,
    visitor: (hello = {}) => connect('visitor', () => ({ ...visitorHello, ...hello })),
    async buyer(name) {
      const person = findPerson(name)
      if (!person) throw new Error(`Nobody in the cast is called ${name}`)
      let made: { visitorToken: string } | undefined
      const connected = await connect(name, async () => ({
        ...visitorHello,
        identityToken: await identityToken(person, systemClock),
        ...(made ? { visitorToken: made.visitorToken } : {}),
      }))
      made = connected
      return connected
    },
    member: (name) => connect(name, async () => helloOf(await cookie(name))),
    memberWith: (name, given) => connect(name, () => helloOf(given)),
    async restart() {
      await app.stop()
      const { database, clock, logger } = world.parts
      app = await startApp({ ...world.parts, timers: createTimers({ database, clock, logger }) })
    },
    async close() {
      for (const person of people) person.close()
      await app.stop()
      await world.close()
    },
  }
}
