import type { CustomerActor, MemberActor } from '@parley/shared/people.ts'
import type { CommandAnswer } from '@parley/shared/protocol/answers.ts'
import type { CommandName, CommandWish } from '@parley/shared/protocol/commands.ts'
import type { WireEvent } from '@parley/shared/protocol/events.ts'
import type { Refusal } from '@parley/shared/protocol/refusals.ts'
import { conversationReads } from '../app/conversation-reads.ts'
import { createDispatch } from '../app/dispatch.ts'
import { createLimits } from '../app/limits.ts'
import { visitorCommands } from '../app/visitor-commands.ts'
import { conversationVerbs, createLog, type Log } from '../conversations/index.ts'
import { buyers, marlow } from '../demo/cast.ts'
import { seedDemo } from '../demo/seed.ts'
import { identityCommands } from '../identity/index.ts'
import { inboxCommands } from '../inbox/index.ts'
import { notePresence } from '../realtime/store.ts'
import { createRouter, routingVerbs, timersOf } from '../routing/index.ts'
import { siteCommands } from '../sites/index.ts'
import { vendorCommands } from '../vendors/index.ts'
import { memberActor } from './everybody.ts'
import type { BuyerName, MemberName } from './marlow.ts'
import { createSiteWorld, type Engine, type SiteWorld } from './site-world.ts'

export type Who = MemberName | BuyerName

/** Commands, router and timers on a clock that the test turns; nothing happens by itself. */
export interface RoutingWorld {
  world: SiteWorld
  log: Log
  ask<N extends CommandName>(who: Who, name: N, wish: Wish<N>): Promise<CommandAnswer<N>>
  refusal<N extends CommandName>(who: Who, name: N, wish: Wish<N>): Promise<Refusal>
  /** Console open, available, with room for so many. */
  arrive(name: MemberName, capacity: number): Promise<void>
  /** Console closed. */
  leave(name: MemberName): void
  /** The next time consoles are heard of, timers run and every line is looked at. */
  pass(ms: number): Promise<void>
  start(buyer: BuyerName, topic?: string): Promise<string>
  startWith(buyer: BuyerName, vendorId: string): Promise<string>
  events(conversationId: string, who?: Who): Promise<WireEvent[]>
  /** Nobody is there and nothing is open. */
  calm(): Promise<void>
  close(): Promise<void>
}
type Wish<N extends CommandName> = Omit<CommandWish<N>, 'requestId'>

export async function createRoutingWorld(
  engine: Engine,
  env: Record<string, string> = {},
): Promise<RoutingWorld> {
  const world = await createSiteWorld(engine, env)
  const { parts, clock } = world
  await seedDemo(parts)
  const log = createLog({
    database: parts.database,
    clock,
    companions: [timersOf(parts)],
    onFault: (error) => {
      throw error
    },
  })
  const router = createRouter(parts, log)
  const dispatch = createDispatch(parts, log, createLimits(100_000), {
    verbs: { ...conversationVerbs, ...routingVerbs },
    reads: conversationReads,
    siteCommands: { ...identityCommands, ...siteCommands, ...inboxCommands, ...vendorCommands(log) },
    logCommands: visitorCommands(parts, log),
  })
  const present = new Set<MemberName>()
  let count = 0

  async function outcome(who: Who, name: CommandName, wish: object) {
    count += 1
    const isRead = /^(list|read|count|view|describe|try)/.test(name)
    const actor = who in buyers ? buyer(who as BuyerName) : member(who as MemberName)
    const whole = isRead || name === 'setAvailability' ? wish : { requestId: `routing-${count}`, ...wish }
    return dispatch(actor, name, whole, { ip: '192.0.2.1', sessionId: null })
  }
  async function ask<N extends CommandName>(who: Who, name: N, wish: Wish<N>): Promise<CommandAnswer<N>> {
    const answered = await outcome(who, name, wish)
    if (!answered.ok) throw new Error(`${who} ${name}: ${JSON.stringify(answered.refusal)}`)
    return answered.value as CommandAnswer<N>
  }

  async function noteConsoles(): Promise<void> {
    const memberIds = [...present].map((name) => memberActor(name).memberId)
    await notePresence(parts.database, 'node-test', memberIds, clock.now())
  }

  return {
    world,
    log,
    ask,
    async refusal(who, name, wish) {
      const answered = await outcome(who, name, wish)
      if (answered.ok) throw new Error(`${who} was allowed to ${name}`)
      return answered.refusal
    },
    async arrive(name, capacity) {
      present.add(name)
      await noteConsoles()
      await ask(name, 'setAvailability', { availability: 'available', capacity })
      await router.look()
    },
    leave: (name) => void present.delete(name),
    async pass(ms) {
      clock.advance(ms)
      await noteConsoles()
      await parts.timers.runDue()
      await router.look()
    },
    async start(name, topic = 'account') {
      clock.advance(1_000)
      const { conversationId } = await ask(name, 'startConversation', {
        with: { kind: 'support' },
        answers: { topic, description: 'Hello' },
      })
      await router.look()
      return conversationId
    },
    async startWith(name, vendorId) {
      clock.advance(1_000)
      const { conversationId } = await ask(name, 'startConversation', {
        with: { kind: 'vendor', vendorId },
        answers: { description: 'Hello' },
      })
      await router.look()
      return conversationId
    },
    async events(conversationId, who = 'ines') {
      return (await ask(who, 'readConversation', { conversationId })).events
    },
    async calm() {
      present.clear()
      await parts.database.query(`update members set availability = 'away', disabled_at = null`)
      const { rows } = await ask('ines', 'listInbox', { view: 'all', limit: 200 })
      for (const { conversationId } of rows)
        await ask('ines', 'closeConversation', { conversationId, reason: 'Calm' })
      clock.advance(3_600_000)
      await parts.timers.runDue()
    },
    close: () => world.close(),
  }
}

/** CSRs serve both of the marketplace’s queues here, as they do at its start. */
function member(name: MemberName): MemberActor {
  const actor = memberActor(name)
  return actor.role === 'csr' ? { ...actor, queueIds: ['que_support', 'que_payments'] } : actor
}

function buyer(name: BuyerName): CustomerActor {
  return {
    kind: 'customer',
    siteId: marlow.siteId,
    visitorId: `vis_${name}`,
    contactId: `con_${name}`,
    role: 'buyer',
    isVerified: true,
    name: buyers[name].name,
    orders: [],
    vendorId: null,
  }
}

/** Who a conversation is offered to, by the last word of its log. */
export function offeredTo(events: readonly WireEvent[]): string | null {
  const last = events.findLast(({ type }) => /^(offer|assigned|transferred|conversationClosed)/.test(type))
  return last?.type === 'offerMade' ? last.payload.to.name : null
}
