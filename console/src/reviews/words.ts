import type { ReviewReason, ReviewState } from '@parley/shared/protocol/reviews.ts'
import type { Pair } from '@parley/shared/review/agreement.ts'
import type { Mark } from '@parley/shared/review/rubric.ts'

export const reasonWords: Record<ReviewReason, string> = {
  share: 'Sample',
  lowRating: 'Low rating',
  flagged: 'Flagged',
  newVendor: 'New vendor',
  perAgent: 'Weekly',
  picked: 'Picked',
}

export const stateWords: Record<ReviewState, string> = {
  waiting: 'Waiting',
  started: 'Being reviewed',
  finished: 'Reviewed',
  disputed: 'In dispute',
  decided: 'Decided',
}

export const markWords: Record<Mark, string> = {
  yes: 'Yes',
  partly: 'Partly',
  no: 'No',
  na: 'Not asked for',
}
export const marksInOrder: readonly Mark[] = ['yes', 'partly', 'no', 'na']

export const pairWords: Record<Pair, string> = {
  'rating and review': 'Rating and review',
  'tone and review': 'Tone and review',
  'rating and tone': 'Rating and tone',
}

export function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}
