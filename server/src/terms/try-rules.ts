import { setImmediate as letOthersRun } from 'node:timers/promises'
import {
  type TermAction,
  type TermRules,
  type TermTrial,
  termActions,
} from '@parley/shared/protocol/terms.ts'
import { judge, type Side } from './judge.ts'
import type { PastMessageRow } from './store.ts'

type Kind = TermTrial['kinds'][number]['kind']

const samplesPerKind = 5
/** Judged in one go, before sockets get their turn: a few milliseconds. */
const atOnce = 20

/** What these rules would do to these messages. Nothing is changed, and no sample shows more than the rules would leave. */
export async function tryRules(
  rules: TermRules,
  rows: readonly PastMessageRow[],
  most: number,
): Promise<TermTrial> {
  const verdicts = Object.fromEntries(termActions.map((action) => [action, 0])) as Record<TermAction, number>
  const kinds = new Map<Kind, TermTrial['kinds'][number]>()
  const taken = rows.slice(0, most)
  for (const [index, row] of taken.entries()) {
    if (index > 0 && index % atOnce === 0) await letOthersRun()
    const side = sideOf(row)
    const { verdict, text, findings, blockedHost } = judge(row.text, side, { version: 0, rules })
    verdicts[verdict] += 1
    const found: Kind[] = findings.map((finding) => finding.kind)
    if (blockedHost !== undefined) found.push('blockedHost')
    for (const kind of new Set(found)) {
      const entry = kinds.get(kind) ?? { kind, messages: 0, samples: [] }
      kinds.set(kind, entry)
      entry.messages += 1
      if (entry.samples.length >= samplesPerKind) continue
      entry.samples.push({
        conversationId: row.conversation_id,
        messageId: row.message_id,
        direction: side.direction,
        at: row.at.toISOString(),
        text,
        action: verdict,
      })
    }
  }
  return {
    messages: taken.length,
    isCut: rows.length > most,
    verdicts,
    kinds: [...kinds.values()].sort((one, other) => other.messages - one.messages),
  }
}

function sideOf({ by, vendor_id }: PastMessageRow): Side {
  return { direction: by.side === 'vendor' ? 'vendorToBuyer' : 'buyerToVendor', vendorId: vendor_id }
}
