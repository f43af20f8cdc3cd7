/** Where a vendor stands with the marketplace. Only in three of them do its people answer. */
export const vendorStates = [
  'applied',
  'underReview',
  'training',
  'probation',
  'active',
  'restricted',
  'suspended',
  'refused',
] as const
export type VendorState = (typeof vendorStates)[number]

type Moves = Partial<Record<VendorState, readonly VendorState[]>>

/**
 * What is done to a vendor, and where it may lead from each state; the first is where it leads unless another is
 * asked for. What stands nowhere here cannot happen.
 */
const acts = {
  startReview: { applied: ['underReview'] },
  askForMore: { underReview: ['underReview'] },
  approve: { underReview: ['training', 'probation', 'active'] },
  refuse: { applied: ['refused'], underReview: ['refused'] },
  applyAgain: { refused: ['applied'] },
  passTraining: { training: ['probation', 'active'] },
  endProbation: { probation: ['active'] },
  warn: { probation: ['probation'], active: ['active'], restricted: ['restricted'] },
  restrict: { probation: ['restricted'], active: ['restricted'], restricted: ['restricted'] },
  lift: { restricted: ['active', 'probation'] },
  suspend: {
    training: ['suspended'],
    probation: ['suspended'],
    active: ['suspended'],
    restricted: ['suspended'],
  },
  appeal: { restricted: ['restricted'], suspended: ['suspended'] },
  keep: { restricted: ['restricted'], suspended: ['suspended'] },
  readmit: { suspended: ['probation', 'active'] },
  /** What was checked is too old: access ends until somebody has looked again. */
  lapse: { probation: ['underReview'], active: ['underReview'], restricted: ['underReview'] },
} as const satisfies Record<string, Moves>

export type VendorAct = keyof typeof acts
export const vendorActs = Object.keys(acts) as VendorAct[]

/** Where the act leads from here, or nothing when it cannot be done here. */
export function stateAfter(from: VendorState, act: VendorAct, wanted?: VendorState): VendorState | undefined {
  const moves: Moves = acts[act]
  const targets = moves[from] ?? []
  return wanted === undefined ? targets[0] : targets.find((target) => target === wanted)
}

/** Its people answer buyers. */
export function isAdmitted(state: VendorState): boolean {
  return state === 'probation' || state === 'active' || state === 'restricted'
}

export const vendorStateWords: Record<VendorState, string> = {
  applied: 'Applied',
  underReview: 'In review',
  training: 'In training',
  probation: 'On probation',
  active: 'Active',
  restricted: 'Restricted',
  suspended: 'Suspended',
  refused: 'Refused',
}
