import type { Conversation } from './conversation.ts'

/**
 * How much a conversation needs a moderator, by what its log says; the board lists the highest first and, among equals,
 * who has waited longest. Somebody who cannot go on comes before somebody who asks, before what a rule has noticed.
 */
export const needWeights = {
  /** A message is kept back: its sender waits for a moderator and for nobody else. */
  held: 400,
  /** A colleague asks for help. */
  hand: 300,
  /** Somebody in the conversation has reported it. */
  reported: 200,
  flagged: 100,
  /** For each further flag, five at most. */
  moreFlags: 10,
} as const

/** What is known of the vendor adds less than anything that has happened in the conversation. */
export const vendorWeights = { probation: 50, hard: 20, warning: 10 } as const

export function vendorNeedOf(vendor: {
  isOnProbation: boolean
  verdict: 'good' | 'warning' | 'hard' | null
}): number {
  const { verdict } = vendor
  const ofVerdict = verdict === 'hard' || verdict === 'warning' ? vendorWeights[verdict] : 0
  return (vendor.isOnProbation ? vendorWeights.probation : 0) + ofVerdict
}

export function needOf({ held, hand, flags, status }: Conversation): number {
  if (status === 'closed') return 0
  const isReported = flags.some(isReport)
  const flagged = flags.filter((flag) => !isReport(flag)).length
  return (
    (held.vendor.length + held.customer.length > 0 ? needWeights.held : 0) +
    (hand ? needWeights.hand : 0) +
    (isReported ? needWeights.reported : 0) +
    (flagged > 0 ? needWeights.flagged + Math.min(flagged - 1, 5) * needWeights.moreFlags : 0)
  )
}

function isReport({ kinds }: Conversation['flags'][number]): boolean {
  return kinds.includes('reported')
}

/** Under this nobody needs to look. */
const leastEstimate = 35
const mostOfTone = 95

/** A dissatisfied customer comes before a vendor on probation, and after anything a rule or a person has noticed. */
export function toneNeedOf(estimate: number): number {
  return estimate < leastEstimate ? 0 : Math.round((estimate * mostOfTone) / 100)
}
