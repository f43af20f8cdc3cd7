import type { RolloutRule } from '@parley/shared/protocol/rollout.ts'
import { counted } from '../../times.ts'

/** Who has it, in one sentence. */
export function describeRule(rule: RolloutRule): string {
  if (rule.isKilled) return 'Off for everybody.'
  const { sharePercent, vendorIds, cohort, holdOutPercent } = rule
  const who = [
    sharePercent >= 100 ? 'everybody' : sharePercent > 0 && `${sharePercent} % of all`,
    sharePercent < 100 && vendorIds.length > 0 && counted(vendorIds.length, 'named vendor'),
    sharePercent < 100 && cohort !== null && 'a cohort',
  ].filter((part) => part !== false)
  if (who.length === 0) return 'Off for everybody.'
  const held = holdOutPercent > 0 ? `, except ${holdOutPercent} % held out to compare with` : ''
  return `On for ${who.join(', ')}${held}.`
}

export function isForAnybody(rule: RolloutRule): boolean {
  return !describeRule(rule).startsWith('Off')
}
