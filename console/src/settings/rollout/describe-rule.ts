import type { RolloutRule } from '@parley/shared/protocol/rollout.ts'
import { type Feature, features, type Unit } from '@parley/shared/rollout/features.ts'
import { isForAnybody } from '@parley/shared/rollout/reach.ts'
import { counted } from '../../times.ts'

export const unitWords: Record<Unit, string> = {
  contact: 'visitors',
  vendor: 'vendors',
  answering: 'vendors and colleagues who answer',
}

/** Who has it, in one sentence. */
export function describeRule(feature: Feature, rule: RolloutRule): string {
  if (rule.isKilled) return 'Off for everybody.'
  const { sharePercent, vendorIds, cohort, holdOutPercent } = rule
  const who = [
    sharePercent >= 100
      ? 'everybody'
      : sharePercent > 0 && `${sharePercent} % of ${unitWords[features[feature].unit]}`,
    sharePercent < 100 && vendorIds.length > 0 && counted(vendorIds.length, 'named vendor'),
    sharePercent < 100 && cohort !== null && 'a cohort',
  ].filter((part) => part !== false)
  if (who.length === 0) return 'Off for everybody.'
  const held = holdOutPercent > 0 ? `, except ${holdOutPercent} % held out to compare with` : ''
  return `On for ${who.join(', ')}${held}.`
}

const steps = [5, 25, 50, 100]

export interface Press {
  words: string
  rule: RolloutRule
}

/** What one press makes of it, the next step first; a rule that was turned off comes back as it was. */
export function pressesFor(rule: RolloutRule): Press[] {
  if (rule.isKilled) return [{ words: 'Turn on again', rule: { ...rule, isKilled: false } }]
  const next = steps.find((step) => step > rule.sharePercent)
  if (next === undefined) return []
  const shares = isForAnybody(rule) ? [next] : [next, 100]
  return shares.map((sharePercent) => ({
    words: wordsFor(rule, sharePercent),
    rule: { ...rule, sharePercent },
  }))
}

function wordsFor(rule: RolloutRule, sharePercent: number): string {
  if (sharePercent >= 100) return 'Turn on for everybody'
  return `${isForAnybody(rule) ? 'Widen to' : 'Begin with'} ${sharePercent} %`
}
