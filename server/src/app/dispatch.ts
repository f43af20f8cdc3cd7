import { isRoom } from '@parley/shared/conversation/room.ts'
import { type Actor, actorIdOf, readerKindOf } from '@parley/shared/people.ts'
import {
  type Action,
  isBlockedFrom,
  isClosedTopic,
  permits,
  permitsOn,
} from '@parley/shared/policy/policy.ts'
import type { Outcome, Written as WrittenAnswer } from '@parley/shared/protocol/answers.ts'
import { type CommandDefinition, type CommandName, commands } from '@parley/shared/protocol/commands.ts'
import { z } from 'zod'
import {
  type AnyVerb,
  factsOf,
  findHeldFor,
  type Held,
  type Log,
  type Verbs,
  type Written,
} from '../conversations/index.ts'
import { withRooms } from '../rooms/index.ts'
import { actorAsNow } from '../vendors/index.ts'
import type { ConversationReads } from './conversation-read.ts'
import type { Limits } from './limits.ts'
import { makesWay } from './make-way.ts'
import type { Parts } from './parts.ts'
import type { RefusalCounts } from './refusal-counts.ts'
import { refusalOfInput } from './refusal-of-input.ts'
import { Refused } from './refused.ts'
import { noteRequest, refuseRepeat } from './row-requests/store.ts'
import type { Origin, SiteCommands } from './site-command.ts'

/** The one way in for every wish, by socket or HTTP. Never rejects. */
export type Dispatch = (
  actor: Actor,
  name: string,
  wish: unknown,
  origin: Origin,
) => Promise<Outcome<unknown>>

export interface Handlers {
  verbs: Verbs
  reads: ConversationReads
  siteCommands: SiteCommands
  /** Write to the log themselves, so they must not sit inside a transaction of their own. */
  logCommands: SiteCommands
}

// What a table of handlers keyed by name cannot tell the compiler: input and handler belong together.
type Loose = (context: never) => Promise<unknown>

export function createDispatch(
  parts: Parts,
  log: Log,
  limits: Limits,
  handlers: Handlers,
  refusals?: RefusalCounts,
): Dispatch {
  async function run(asker: Actor, name: string, wish: unknown, origin: Origin): Promise<unknown> {
    if (!Object.hasOwn(commands, name)) throw new Refused('notFound', 'command.unknown')
    const definition: CommandDefinition = commands[name as CommandName]
    await limits.take(asker, origin, name, definition.isRead === true)
    const input = definition.input.parse(wish) as { conversationId: string; requestId: string }
    // A connection lasts longer than a vendor's right to answer: weighed at each command.
    const actor = await withRooms(parts, await actorAsNow(parts, asker))
    if (!permits(actor, definition.action)) throw notPermitted(actor, definition.action)

    const verb = handlers.verbs[name as CommandName] as AnyVerb<CommandName> | undefined
    if (verb) return runVerb(actor, name as CommandName, definition, verb, input)

    const read = handlers.reads[name as CommandName] as Loose | undefined
    if (read) {
      const held = await loadFor(actor, definition, input.conversationId)
      return read({ actor, input, held, parts, origin } as never)
    }

    const logCommand = handlers.logCommands[name as CommandName] as Loose | undefined
    const siteCommand = logCommand ?? (handlers.siteCommands[name as CommandName] as Loose | undefined)
    if (!siteCommand) throw new Refused('notFound', 'command.unknown')
    const isOnItsOwn = definition.isRead === true || logCommand !== undefined
    return runSiteCommand(siteCommand, isOnItsOwn, actor, input, origin)
  }

  async function runVerb(
    actor: Actor,
    name: CommandName,
    definition: CommandDefinition,
    verb: AnyVerb<CommandName>,
    input: { conversationId: string; requestId: string },
  ): Promise<WrittenAnswer> {
    const asked = { actor, input } as never
    const prepared = await settled(verb.prepare?.(asked, parts))
    const written = await log.append({
      actor,
      conversationId: input.conversationId,
      requestId: input.requestId,
      content: [name, input],
      goesFirst: !makesWay(name),
      decide(held, now) {
        const found = permitted(actor, definition, held)
        refuseTakenOver(actor, definition, found)
        return verb.decide(found, { actor, input, now, prepared: prepared() } as never)
      },
    })
    return { ...answerFor(actor, written), ...verb.answer?.(written) }
  }

  async function loadFor(actor: Actor, definition: CommandDefinition, conversationId: string): Promise<Held> {
    return permitted(actor, definition, (await findHeldFor(parts.database, actor, conversationId)) ?? null)
  }

  async function runSiteCommand(
    command: Loose,
    isOnItsOwn: boolean,
    actor: Actor,
    input: { requestId?: string },
    origin: Origin,
  ): Promise<unknown> {
    const later: (() => void | Promise<void>)[] = []
    const context = { actor, input, parts, origin, afterCommit: (work: () => void) => later.push(work) }
    const value = isOnItsOwn
      ? await command({ ...context, sql: parts.database } as never)
      : await parts.database.transaction(async (sql) => {
          const { requestId } = input
          if (requestId !== undefined)
            await Promise.all([
              noteRequest(sql, origin.sessionId, requestId),
              refuseRepeat(sql, parts.clock, actor, requestId),
            ])
          return command({ ...context, sql } as never)
        })
    for (const work of later) await work()
    return value
  }

  return async (actor, name, wish, origin) => {
    try {
      return { ok: true, value: await run(actor, name, wish, origin) }
    } catch (error) {
      const refusal = refusalFrom(error, parts, name)
      refusals?.note(actor, name, refusal)
      parts.logger.debug({ command: name, actor: actorIdOf(actor), refusal }, 'Refused.')
      return { ok: false, refusal }
    }
  }
}

/** Only who could do it otherwise is told that they are blocked: nobody learns more from a refusal than others do. */
function notPermitted(actor: Actor, action: Action): Refused {
  if (actor.kind !== 'customer' || !isBlockedFrom(actor, action)) return new Refused('notAllowed')
  const { isBlocked: _isBlocked, ...otherwise } = actor
  return permits(otherwise, action) ? new Refused('notAllowed', 'blocked') : new Refused('notAllowed')
}

/** What may not be read is as if it were not there; what may be read but not done is refused as such. */
export function permitted(
  actor: Actor,
  definition: Pick<CommandDefinition, 'action'>,
  held: Held | null,
): Held {
  if (!held || !permitsOn(actor, 'conversation.read', factsOf(held))) throw new Refused('notFound')
  // A connection outlives its person by seconds: nothing of theirs is written after the erasure.
  if (actor.kind === 'customer' && held.conversation.isErased) throw new Refused('notFound')
  if (!permitsOn(actor, definition.action, factsOf(held)))
    throw isClosedTopic(actor, factsOf(held))
      ? new Refused('notAllowed', 'vendor.topic')
      : new Refused('notAllowed')
  return held
}

/** From the takeover's commit on the vendor side, in a room everybody in it, only reads and may report. */
export function refuseTakenOver(
  actor: Actor,
  { action }: Pick<CommandDefinition, 'action'>,
  { conversation }: Held,
): void {
  if (conversation.moderation.stage !== 'takenOver') return
  const reader = readerKindOf(actor)
  if (reader === 'staff' || (reader === 'customer' && !isRoom(conversation))) return
  if (action !== 'conversation.report') throw new Refused('notAllowed', 'takenOver')
}

/** Position of the first event of this request that the asker can see; its own head when it can see none. */
export function answerFor(actor: Actor, written: Written): WrittenAnswer {
  const reader = readerKindOf(actor)
  const first = written.events.find((event) => event.positions[reader] !== null)
  const { conversation, heads } = written.held
  return {
    conversationId: conversation.conversationId,
    position: first?.positions[reader] ?? heads[reader],
    at: first?.at ?? conversation.startedAt,
  }
}

/** Holds back what preparing threw until it is known that the wish is not a repeat. */
async function settled<Value>(work: Promise<Value> | undefined): Promise<() => Value | undefined> {
  try {
    const value = await work
    return () => value
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return () => {
      throw error
    }
  }
}

export function refusalFrom(error: unknown, parts: Pick<Parts, 'logger' | 'random'>, name: string) {
  if (error instanceof Refused) return error.refusal
  if (error instanceof z.ZodError) return refusalOfInput(error)
  if ((error as { code?: string }).code === 'unavailable')
    return { code: 'unavailable' as const, reason: 'storage', retryAfterMs: 1_000 }
  const correlationId = parts.random.id('err')
  parts.logger.error({ err: error, command: name, correlationId }, 'A command failed unexpectedly.')
  return { code: 'internal' as const, correlationId, retryAfterMs: 2_000 }
}
