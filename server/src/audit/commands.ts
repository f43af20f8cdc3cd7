import type { AuditEntry } from '@parley/shared/protocol/audit.ts'
import { Refused } from '../app/refused.ts'
import type { SiteCommands } from '../app/site-command.ts'
import { createGate } from '../gate.ts'
import { type ListedLine, pageOfAudit } from './store.ts'
import { verifyChain } from './verify-chain.ts'

/** A long log takes seconds to check: on one node one at a time. */
const oneAtATime = createGate(1)

export const auditCommands: SiteCommands = {
  async listAudit({ actor, input, sql }) {
    const before = input.before === undefined ? null : Number(input.before)
    if (before !== null && !Number.isSafeInteger(before)) {
      throw new Refused('invalid', 'cursor.shape', { field: 'before' })
    }
    const lines = await pageOfAudit(sql, actor.siteId, input, before, input.limit)
    const last = lines.at(-1)
    return {
      entries: lines.map(entryOf),
      before: last && lines.length === input.limit ? String(last.number) : null,
    }
  },

  verifyAudit: ({ actor, sql }) => oneAtATime(() => verifyChain(sql, actor.siteId)),
}

function entryOf(line: ListedLine): AuditEntry {
  return {
    auditId: String(line.number),
    at: line.at.toISOString(),
    actorId: line.actor_id,
    actor: line.actor_name,
    actingAs: line.acting_as,
    action: line.action,
    object: line.object,
    result: line.result,
    reason: line.reason,
  }
}
