import { type Actor, actorIdOf, authorOf } from '@parley/shared/people.ts'
import { stateAfter, type VendorAct, type VendorState } from '@parley/shared/vendors/life-cycle.ts'
import { writeAudit } from '../../app/audit.ts'
import type { Parts } from '../../app/parts.ts'
import { Refused } from '../../app/refused.ts'
import type { Sql } from '../../storage/database.ts'
import { insertStep, lockState, setState } from './states-store.ts'

export interface Move {
  vendorId: string
  act: VendorAct
  why: string
  /** Where to, when the act leads to more than one place. */
  to?: VendorState | undefined
  untilAt?: Date | null
  conversationIds?: readonly string[]
  limits?: { capacity: number | null; closedTopics: readonly string[]; areLinksOff: boolean }
  ip?: string
}

const free = { capacity: null, closedTopics: [], areLinksOff: false }

/** The one way a vendor's state changes: row, record and audit line together, or nothing. */
export async function moveVendor(
  parts: Parts,
  sql: Sql,
  actor: Actor,
  move: Move,
): Promise<{ before: VendorState; after: VendorState }> {
  const { vendorId, act, why } = move
  const row = await lockState(sql, actor.siteId, vendorId)
  if (!row) throw new Refused('notFound', 'vendor.unknown')
  const after = stateAfter(row.state, act, move.to)
  if (after === undefined) throw new Refused('conflict', 'vendor.state')
  const at = parts.clock.now()
  const isMoved = after !== row.state
  const kept = { capacity: row.capacity_limit, closedTopics: row.closed_topics, areLinksOff: row.links_off }
  const limits = move.limits ?? (isMoved && after !== 'suspended' ? free : kept)
  const until = move.untilAt !== undefined ? move.untilAt : isMoved ? null : row.state_until
  await setState(sql, actor.siteId, vendorId, {
    state: after,
    state_since: isMoved ? at : row.state_since,
    state_until: until,
    capacity_limit: limits.capacity,
    closed_topics: [...limits.closedTopics],
    links_off: limits.areLinksOff,
  })
  await insertStep(sql, actor.siteId, vendorId, {
    at,
    by_id: actorIdOf(actor),
    by_name: authorOf(actor).name,
    is_by_rule: actor.kind === 'system',
    act,
    from_state: row.state,
    to_state: after,
    why,
    until: move.untilAt ?? null,
    conversation_ids: [...(move.conversationIds ?? [])],
  })
  await writeAudit(sql, actor, {
    action: `vendor.${auditWords[act]}`,
    object: `vendor:${vendorId}`,
    reason: why,
    ...(move.ip === undefined ? {} : { ip: move.ip }),
  })
  return { before: row.state, after }
}

const auditWords: Record<VendorAct, string> = {
  startReview: 'reviewStarted',
  askForMore: 'askedForMore',
  approve: 'approved',
  refuse: 'refused',
  applyAgain: 'appliedAgain',
  passTraining: 'trainingPassed',
  endProbation: 'probationEnded',
  warn: 'warned',
  restrict: 'restricted',
  lift: 'restrictionLifted',
  suspend: 'suspended',
  appeal: 'appealed',
  keep: 'appealRefused',
  readmit: 'readmitted',
  lapse: 'vettingLapsed',
}
