import type { Cohort, RolloutRule } from '../protocol/rollout.ts'

/** Could anybody have it: what is said to all about a feature is said from here on. */
export function isForAnybody({ isKilled, sharePercent, vendorIds, cohort }: RolloutRule): boolean {
  if (isKilled) return false
  return sharePercent > 0 || vendorIds.length > 0 || (cohort !== null && isSegment(cohort))
}

export function isForEverybody({ isKilled, sharePercent, holdOutPercent }: RolloutRule): boolean {
  return !isKilled && sharePercent >= 100 && holdOutPercent === 0
}

/** A segment in which nothing is set is nobody, not everybody. */
function isSegment({ role, isVerified, memberIds }: Cohort): boolean {
  return role !== undefined || isVerified !== undefined || (memberIds?.length ?? 0) > 0
}
