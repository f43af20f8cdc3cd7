import type { MemberId, VendorId } from '../ids.ts'
import type { Feature } from '../rollout/features.ts'

/** A segment of people. Everything that is set must hold. */
export interface Cohort {
  role?: 'buyer' | 'seller' | undefined
  /** Known by a signed identity, or not. */
  isVerified?: boolean | undefined
  /** Members by name, for what members use themselves. */
  memberIds?: MemberId[] | undefined
}

export interface RolloutRule {
  /** Off for everybody, whatever else is set: the switch that kills. */
  isKilled: boolean
  /** Of all units, in percent; 100 is everybody. */
  sharePercent: number
  vendorIds: VendorId[]
  cohort: Cohort | null
  /** Never has it, even at 100 percent: what the others are compared with. */
  holdOutPercent: number
}

export interface Rollout {
  feature: Feature
  rule: RolloutRule
  /** Counts up with each change; 0 where the site has decided nothing. */
  revision: number
  changedAt: string | null
  changedBy: string | null
}

export type RolloutGroup = 'on' | 'heldOut' | 'off'

export interface GroupFigures {
  group: RolloutGroup
  conversations: number
  rated: number
  /** Mean of the stars. */
  rating: number | null
  answered: number
  /** Median from the start to the first answer of a person. */
  firstReplyMs: number | null
  /** Conversations in which something was flagged or reported. */
  flagged: number
}

export interface Comparison {
  feature: Feature
  from: string
  groups: GroupFigures[]
  /** True when there were more conversations than are weighed: the newest are. */
  isCut: boolean
}
