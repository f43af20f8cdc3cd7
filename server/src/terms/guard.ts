import type { MessageFlag, NewEvent } from '@parley/shared/protocol/events.ts'
import { limits } from '@parley/shared/protocol/limits.ts'
import type { RuledKind } from '@parley/shared/protocol/terms.ts'
import { Refused } from '../app/refused.ts'
import { refusedHost } from './blocked-host-words.ts'
import type { Finding } from './finding.ts'
import type { JudgedFinding, Judgement } from './judge.ts'

/** The vendor is on probation, or a moderator holds what is written here. */
export type HeldFor = 'probation' | 'byHand'

export interface Guarded {
  judgement: Judgement
  isVendors: boolean
  /** Why every message waits for a moderator, whatever stands in it; empty where none does. */
  heldFor: readonly HeldFor[]
  /** In a room: what is held is this person's alone. */
  authorId?: string
  /** How many messages of this side wait for a moderator already. */
  waiting: number
  /** What the sender of a refused message is told, where the site has words of its own. */
  sentenceFor(kind: RuledKind): string | undefined
  /** Of whoever writes: what is told of a blocked host is in it. */
  locale: string | null
  /** Makes the original unreadable but for a restore. */
  seal(original: string, messageId: string): string
}

/**
 * What is written instead of what a decider wanted to write: a message as its judgement leaves it, or held back from the
 * other side, with what staff are to know beside it. A refused message writes nothing.
 */
export function guard(events: readonly NewEvent[], guarded: Guarded): NewEvent[] {
  return events.flatMap((event) => (event.type === 'messageSent' ? instead(event, guarded) : [event]))
}

function instead(
  sent: Extract<NewEvent, { type: 'messageSent' }>,
  { judgement, isVendors, heldFor, authorId, waiting, sentenceFor, locale, seal }: Guarded,
): readonly NewEvent[] {
  const { verdict, text, original, findings, blockedHost, ruleVersion } = judgement
  if (blockedHost !== undefined) throw refusedHost(blockedHost, locale)
  if (verdict === 'refuse') {
    const kind = firstOf(findings, 'refuse')
    const words = sentenceFor(kind)
    throw new Refused('notAllowed', `terms.${kind}`, words === undefined ? {} : { words })
  }
  const { messageId, files } = sent.payload
  if (verdict === 'hold' || heldFor.length > 0) {
    // Definite: nobody's outbox may try for as long as moderators take.
    if (waiting >= limits.heldMessages) throw new Refused('notAllowed', 'held.full')
    const kinds = findings.filter(({ action }) => action !== 'mask').map(({ kind }) => kind)
    const why = [...new Set([...kinds, ...heldFor])]
    const type = isVendors ? 'vendorMessageHeld' : 'customerMessageHeld'
    const whose = authorId === undefined ? {} : { authorId }
    return [{ type, payload: { messageId, text: original, files, why, ...whose } }]
  }
  const flags = flagsOf(findings.filter(({ action }) => action === 'flag'))
  const events: NewEvent[] = [{ ...sent, payload: { ...sent.payload, text } }]
  if (text !== original)
    events.push({ type: 'originalKept', payload: { messageId, sealed: seal(original, messageId) } })
  if (flags.length > 0) events.push({ type: 'messageFlagged', payload: { messageId, flags, ruleVersion } })
  return events
}

function firstOf(findings: readonly JudgedFinding[], action: JudgedFinding['action']): RuledKind {
  const found = findings.find((finding) => finding.action === action)
  if (!found || found.kind === 'card' || found.kind === 'cvv')
    throw new Error(`A message was judged ${action} for nothing`)
  return found.kind
}

const certainties: Record<Finding['certainty'], number> = { sure: 0.95, likely: 0.75 }

/** One of each kind, the surest. */
function flagsOf(findings: readonly Finding[]): MessageFlag[] {
  const flags = new Map<string, MessageFlag>()
  for (const { kind, shape, certainty } of findings) {
    const flag = { kind, rule: `${kind}.${shape}`, certainty: certainties[certainty] }
    if (flag.certainty > (flags.get(kind)?.certainty ?? 0)) flags.set(kind, flag)
  }
  return [...flags.values()]
}
