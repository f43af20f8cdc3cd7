import { randomUUID } from 'node:crypto'
import type { Rollout, RolloutRule } from '@parley/shared/protocol/rollout.ts'
import type { Feature } from '@parley/shared/rollout/features.ts'
import type { Person } from './marlow.ts'

export const forNobody: RolloutRule = {
  isKilled: false,
  sharePercent: 0,
  vendorIds: [],
  cohort: null,
  holdOutPercent: 0,
}

/** The feature is from now on for whom the rule says, and for nobody else. */
export async function rollOut(admin: Person, feature: Feature, rule: Partial<RolloutRule>): Promise<Rollout> {
  const { rollouts } = await admin.ask('listRollouts', {})
  const from = rollouts.find((rollout) => rollout.feature === feature)?.revision ?? 0
  return admin.ask('saveRollout', {
    requestId: randomUUID(),
    feature,
    from,
    rule: { ...forNobody, ...rule },
  })
}
