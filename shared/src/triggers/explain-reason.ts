import type { Facts, holds } from './condition.ts'
import { conditionWords } from './describe-rule.ts'
import type { Condition } from './rule.ts'
import type { Reason } from './verdict.ts'

/** Why a rule did not show, for whoever looks into it. */
export function explainReason(reason: Reason, unmet?: string): string {
  switch (reason) {
    case 'excluded':
      return 'Triggers stay away from this page.'
    case 'condition':
      return unmet ? `Its condition is not met: ${unmet}.` : 'Its condition is not met.'
    case 'share':
      return 'This person is not in the share it is for.'
    case 'often':
      return 'This person has had it as often as it may come.'
    case 'cooling':
      return 'The person said “Not now”, and the quiet time is not over.'
    case 'perPage':
      return 'This page has shown as much as one page may.'
    case 'perDay':
      return 'This person has been shown as much as one day may bring.'
    case 'typing':
      return 'Somebody was typing.'
    case 'covered':
      return 'A dialog, a payment frame or the chat was open.'
    case 'heldOut':
      return 'This person is held out, to compare with.'
  }
  return reason satisfies never
}

export type IsMet = typeof holds

/** The first part of a condition that is not met, in words. `isMet` is handed in: on a page it is the engine's own. */
export function unmetPart(condition: Condition | undefined, facts: Facts, isMet: IsMet): string | undefined {
  if (!condition || isMet(condition, facts)) return
  if ('all' in condition) {
    const words = condition.all.map((one) => unmetPart(one, facts, isMet)).find(Boolean)
    if (words) return words
  }
  return conditionWords(condition)
}
