/** How well one thing was done: wholly, in part, not; or it did not come up. */
export type Mark = 'yes' | 'partly' | 'no' | 'na'

export interface Criterion {
  id: string
  label: string
  /** What a reviewer looks for. */
  help: string
  /** How much it counts beside the others, 1 to 5. */
  weight: number
  /** A “no” here makes the whole score 0. */
  isCritical: boolean
}

export interface Rubric {
  /** Counts up with each change; a review keeps the version it was scored on. */
  version: number
  criteria: Criterion[]
}

export type Marks = Record<string, Mark>

const worth = { yes: 1, partly: 0.5, no: 0 } as const

/**
 * 0 to 100: the weighted mean of what came up, yes 1, partly ½, no 0, rounded to whole points. 0 when a critical
 * criterion got a “no”. Null when nothing came up, or while a mark is missing.
 */
export function scoreOf(criteria: readonly Criterion[], marks: Marks): number | null {
  let got = 0
  let most = 0
  for (const { id, weight, isCritical } of criteria) {
    const mark = Object.hasOwn(marks, id) ? marks[id] : undefined
    if (mark === undefined) return null
    if (mark === 'na') continue
    if (mark === 'no' && isCritical) return 0
    got += weight * worth[mark]
    most += weight
  }
  return most === 0 ? null : Math.round((100 * got) / most)
}

export const standardCriteria: Criterion[] = [
  {
    id: 'decision',
    label: 'Decision right',
    help: 'What was decided or promised follows the rules and the facts.',
    weight: 3,
    isCritical: false,
  },
  {
    id: 'explanation',
    label: 'Explanation clear',
    help: 'The customer can tell what happens next, when and why.',
    weight: 2,
    isCritical: false,
  },
  {
    id: 'handoff',
    label: 'Handoff complete',
    help: 'Whoever took over did not have to ask again.',
    weight: 2,
    isCritical: false,
  },
  {
    id: 'tone',
    label: 'Tone',
    help: 'Kind, plain, and fitting to how the customer felt.',
    weight: 1,
    isCritical: false,
  },
  {
    id: 'terms',
    label: 'Terms kept',
    help: 'No contact details, no payment or deals past the marketplace.',
    weight: 2,
    isCritical: true,
  },
]
