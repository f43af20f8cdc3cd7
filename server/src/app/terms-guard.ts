import { isRoom } from '@parley/shared/conversation/room.ts'
import { type Actor, actorIdOf, readerKindOf } from '@parley/shared/people.ts'
import { type CommandName, commands } from '@parley/shared/protocol/commands.ts'
import type { Counterpart, NewEvent, RoomCounterpart } from '@parley/shared/protocol/events.ts'
import type { RuledKind, TermRules } from '@parley/shared/protocol/terms.ts'
import { type AnyVerb, findHeld, type Held, type Log, type Verbs, verb } from '../conversations/index.ts'
import { sealOf } from '../identity/index.ts'
import { originalContext } from '../moderation/index.ts'
import { readSwitch } from '../rollout/index.ts'
import {
  guard,
  type HeldFor,
  judge,
  loadTermRules,
  maskCards,
  maskCardsIn,
  type Side,
  sentenceFor,
} from '../terms/index.ts'
import { vendorStanding } from '../vendors/index.ts'
import { hostsGuard, localeFor } from './hosts-guard.ts'
import type { Parts } from './parts.ts'
import type { SiteCommand, SiteCommands } from './site-command.ts'

/** What is said now, weighed before the log's lock is taken: deciding under it only compares. */
export interface Weighed {
  /** The events to write instead, where the conversation is with this counterpart. */
  guard(events: readonly NewEvent[], about: { counterpart: Counterpart; before: Held | null }): NewEvent[]
}

/** Where a wish carries words of people besides a message. */
const inWords = ['text', 'words', 'reason'] as const
/** More than any secret has, and as much of a message as may end in half of one. */
const digitsOfHalfACard = /\p{Nd}\D{0,3}\p{Nd}\D{0,3}\p{Nd}\D{0,3}\p{Nd}/u

/** The terms stand at every door through which words of people reach the log. */
export function guardedVerbs(log: Pick<Log, 'recall'>, verbs: Verbs): Verbs {
  const guarded: Verbs = { ...verbs }
  if (verbs.sendMessage) guarded.sendMessage = guardedSend(log, verbs.sendMessage)
  for (const name of Object.keys(verbs) as CommandName[])
    if (name !== 'sendMessage') guardWords(guarded, name)
  return guarded
}

function guardedSend(log: Pick<Log, 'recall'>, inner: AnyVerb<'sendMessage'>): AnyVerb<'sendMessage'> {
  return verb<'sendMessage', { weighed: Weighed; own: unknown }>({
    ...inner,
    async prepare(asked, parts) {
      const { actor, input } = asked
      const held = log.recall(input.conversationId) ?? (await findHeld(parts.database, input.conversationId))
      const [weighed, own] = await Promise.all([
        weigh(parts, actor, input.conversationId, input.text, held?.conversation.with),
        inner.prepare?.(asked, parts),
      ])
      return { weighed, own }
    },
    decide(held, { prepared: { weighed, own }, ...asked }) {
      const events = inner.decide(held, { ...asked, prepared: own as never })
      return weighed.guard(events, { counterpart: held.conversation.with, before: held })
    },
  })
}

/** `expected` is whom the conversation is thought to be with; a wrong guess costs a second look under the lock. */
export async function weigh(
  parts: Parts,
  actor: Actor,
  conversationId: string,
  text: string,
  expected: Counterpart | undefined,
): Promise<Weighed> {
  const { siteId } = actor
  const [current, isMasking, facts] = await Promise.all([
    loadTermRules(parts, siteId),
    readSwitch(parts, siteId, 'terms.masking'),
    factsOfVendor(parts, actor),
  ])
  const rules = facts?.areLinksOff ? withLinksOff(current.rules, actor) : current.rules
  const seal = sealOf(parts.config)

  function sideIn(counterpart: Counterpart | undefined): Side {
    const reader = readerKindOf(actor)
    if (reader === 'staff' || !counterpart || counterpart.kind === 'support')
      return { direction: 'support', vendorId: null }
    if ('members' in counterpart) return sideInRoom(actor, counterpart.kind)
    const { vendorId } = counterpart
    if (!isMasking({ vendorId })) return { direction: 'support', vendorId }
    return { direction: reader === 'vendor' ? 'vendorToBuyer' : 'buyerToVendor', vendorId }
  }
  function judgeAs(side: Side, previousText?: string) {
    return judge(text, side, { version: current.version, rules }, previousText)
  }

  const expectedSide = sideIn(expected)
  const judged = judgeAs(expectedSide)
  const locale = judged.blockedHost === undefined ? null : await localeFor(parts, actor)
  return {
    guard(events, { counterpart, before }) {
      const side = sideIn(counterpart)
      const previous = halfACard(before, actor, text)
      const isAsExpected =
        side.direction === expectedSide.direction && side.vendorId === expectedSide.vendorId
      return guard(events, {
        judgement: isAsExpected && previous === undefined ? judged : judgeAs(side, previous),
        isVendors: readerKindOf(actor) === 'vendor',
        waiting: waitingFrom(before, actor),
        heldFor: counterpart.kind === 'support' ? [] : heldFor(before, actor, facts?.isHoldAll === true),
        ...('members' in counterpart ? { authorId: actorIdOf(actor) } : {}),
        sentenceFor: (kind: RuledKind) => sentenceFor(kind, rules),
        locale,
        seal: (original, messageId) => seal.close(original, originalContext({ conversationId, messageId })),
      })
    },
  }
}

/** Rules hold in rooms wherever rooms are on: no roll-out of their own. */
function sideInRoom(actor: Actor, kind: RoomCounterpart['kind']): Side {
  const vendorId = actor.kind === 'member' ? actor.vendorId : null
  return { direction: kind === 'vendors' ? 'vendorToVendor' : 'buyerToBuyer', vendorId }
}

function waitingFrom(before: Held | null, actor: Actor): number {
  const { vendor = [], customer = [] } = before?.conversation.held ?? {}
  return (readerKindOf(actor) === 'vendor' ? vendor : customer).length
}

/** By hand it is the vendor's side that is held; of a room, everybody. Never the marketplace's own people. */
function heldFor(before: Held | null, actor: Actor, isOnProbation: boolean): HeldFor[] {
  const reader = readerKindOf(actor)
  const isHolding = before?.conversation.isHolding === true
  const isByHand =
    isHolding && (reader === 'vendor' || (reader === 'customer' && isRoom(before.conversation)))
  return [...(isOnProbation ? (['probation'] as const) : []), ...(isByHand ? (['byHand'] as const) : [])]
}

/** What the same person wrote just before, when a card may be cut in two between that and this. */
function halfACard(before: Held | null, actor: Actor, text: string): string | undefined {
  const last = before?.conversation.lastMessage
  if (!last || last.by.id !== actorIdOf(actor)) return undefined
  return digitsOfHalfACard.test(text) && digitsOfHalfACard.test(last.text) ? last.text : undefined
}

async function factsOfVendor(parts: Parts, actor: Actor) {
  if (actor.kind !== 'member' || actor.vendorId === null) return undefined
  // Where a vendor stands is known with the member; only these two states change what may be said.
  if (actor.vendorState !== 'probation' && actor.vendorState !== 'restricted') return undefined
  return (await vendorStanding(parts.database, actor.siteId, [actor.vendorId])).get(actor.vendorId)
}

function withLinksOff(rules: TermRules, actor: Actor): TermRules {
  const vendorId = actor.kind === 'member' ? actor.vendorId : null
  if (vendorId === null) return rules
  return { ...rules, linksOff: { ...rules.linksOff, vendorIds: [...rules.linksOff.vendorIds, vendorId] } }
}

/** Cards are kept nowhere: not in what only colleagues read either. Nor is anybody sent to a blocked host. */
function guardWords<N extends CommandName>(verbs: Verbs, name: N): void {
  const inner = verbs[name] as AnyVerb<N> | undefined
  if (!inner) return
  type Prepared = { guardHosts: Awaited<ReturnType<typeof hostsGuard>>; own: unknown }
  const guarded = verb<N, Prepared>({
    ...inner,
    async prepare(asked, parts) {
      const [guardHosts, own] = await Promise.all([
        hostsGuard(parts, asked.actor),
        inner.prepare?.(asked, parts),
      ])
      return { guardHosts, own }
    },
    decide(held, { prepared: { guardHosts, own }, ...asked }) {
      const input: Record<string, unknown> = { ...asked.input }
      for (const field of inWords) {
        const words = input[field]
        if (typeof words === 'string') input[field] = maskCards(words)
      }
      const wish = { ...asked, input: input as typeof asked.input, prepared: own as never }
      return guardHosts(inner.decide(held, wish))
    },
  })
  Object.assign(verbs, { [name]: guarded })
}

/** Rows keep no card either, whoever wrote it there. */
export function guardedCommands(table: SiteCommands): SiteCommands {
  const guarded: SiteCommands = { ...table }
  for (const name of Object.keys(table) as CommandName[]) maskWish(guarded, name)
  return guarded
}

function maskWish<N extends CommandName>(table: SiteCommands, name: N): void {
  const inner = table[name] as SiteCommand<N> | undefined
  if (!inner || 'isRead' in commands[name]) return
  const masked: SiteCommand<N> = (context) => inner({ ...context, input: maskCardsIn(context.input) })
  Object.assign(table, { [name]: masked })
}
