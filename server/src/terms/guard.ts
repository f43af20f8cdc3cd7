import type { EventPayloads, MessageFlag, NewEvent } from '@parley/shared/protocol/events.ts'
import type { TermDirection } from '@parley/shared/protocol/terms.ts'
import { Refused } from '../app/refused.ts'
import type { Finding } from './finding.ts'
import type { JudgedFinding, Judgement } from './judge.ts'

export interface Guarded {
  judgement: Judgement
  direction: TermDirection
  /** Makes the original unreadable but for a restore. */
  seal(original: string): string
}

/**
 * What is written instead of what a decider wanted to write: a message as its judgement leaves it, or held back from the
 * other side, with what staff are to know beside it. A refused message writes nothing.
 */
export function guard(events: readonly NewEvent[], guarded: Guarded): NewEvent[] {
  return events.flatMap((event) => (event.type === 'messageSent' ? instead(event.payload, guarded) : [event]))
}

function instead(
  sent: EventPayloads['messageSent'],
  { judgement, direction, seal }: Guarded,
): readonly NewEvent[] {
  const { verdict, text, original, findings, ruleVersion } = judgement
  if (verdict === 'refuse') throw new Refused('notAllowed', `terms.${firstOf(findings, 'refuse')}`)
  const { messageId, files } = sent
  if (verdict === 'hold') {
    const why = [...new Set(findings.filter(({ action }) => action !== 'mask').map(({ kind }) => kind))]
    const type = direction === 'vendorToBuyer' ? 'vendorMessageHeld' : 'customerMessageHeld'
    return [{ type, payload: { messageId, text: original, files, why } }]
  }
  const flags = flagsOf(findings.filter(({ action }) => action === 'flag'))
  const events: NewEvent[] = [{ type: 'messageSent', payload: { ...sent, text } }]
  if (text !== original) events.push({ type: 'originalKept', payload: { messageId, sealed: seal(original) } })
  if (flags.length > 0) events.push({ type: 'messageFlagged', payload: { messageId, flags, ruleVersion } })
  return events
}

function firstOf(findings: readonly JudgedFinding[], action: JudgedFinding['action']): string {
  const found = findings.find((finding) => finding.action === action)
  if (!found) throw new Error(`A message was judged ${action} for nothing`)
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
