import { describeRule } from '@parley/shared/triggers/describe-rule.ts'
import { explainReason, type IsMet, unmetPart } from '@parley/shared/triggers/explain-reason.ts'
import type { LiveRule } from '@parley/shared/triggers/rule.ts'
import type { Progress } from '@parley/shared/triggers/sequence.ts'
import type { Moment, Reason } from '@parley/shared/triggers/verdict.ts'

export interface Explained {
  rule: string
  says: string
  hasShown: boolean
  why: string
  at: string | null
}

interface State {
  moment: Moment
  progress: Progress | undefined
  verdict: [atMs: number, reason: Reason | undefined] | undefined
  reason: Reason | undefined
}

/** `isMet` is the engine's own: a part of it here would be a file of its own. For every rule, in order: did it show, and why or why not. Also printed, for whoever has the console open. */
export function explain(
  rules: readonly LiveRule[],
  stateOf: (rule: LiveRule) => State,
  isMet: IsMet,
): Explained[] {
  const rows = rules.map((rule): Explained => {
    const { moment, progress, verdict, reason } = stateOf(rule)
    const at = verdict ? new Date(verdict[0]).toISOString() : null
    const base = { rule: rule.id, says: describeRule(rule), hasShown: !!verdict && !verdict[1], at }
    if (verdict && !verdict[1]) return { ...base, why: 'It was shown.' }
    if (verdict?.[1])
      return { ...base, why: explainReason(verdict[1], unmetPart(rule.if, moment.facts, isMet)) }
    const waits = progress
      ? `It waits: step ${progress[0] + 1} of ${rule.when.length}, ${progress[1]} of ${rule.when[progress[0]]?.times ?? 1} so far.`
      : 'It waits: what it is for has not happened on this page.'
    return {
      ...base,
      why: reason
        ? `${waits} Even then: ${explainReason(reason, unmetPart(rule.if, moment.facts, isMet))}`
        : waits,
    }
  })
  console.table(rows)
  return rows
}
