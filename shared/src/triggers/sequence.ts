import type { Rule, Signal } from './rule.ts'

/** What has just happened. `from` is where the amount stood before: a step is reached once, not each second after. */
export interface Happened {
  on: Signal['on']
  amount?: number
  from?: number
  /** The form it happened in: steps that repeat count within one. */
  form?: string
  /** Is this its element, form or event? */
  isAt(selector: string): boolean
}

export type Progress = [step: number, count: number, sinceMs: number, form: string]

function reaches(step: Signal, happened: Happened): boolean {
  const { on, at, amount } = step
  if (on !== happened.on || (at && !happened.isAt(at))) return false
  return amount === undefined || ((happened.amount ?? 0) >= amount && (happened.from ?? -1) < amount)
}

/** How far a rule's signals have come: its progress after this, or true once the last has happened. */
export function advance(
  rule: Rule,
  before: Progress | undefined,
  happened: Happened,
  nowMs: number,
): Progress | true | undefined {
  const { when, withinSeconds = Infinity } = rule
  const isOver = before && nowMs - before[2] > withinSeconds * 1000
  const [step, count, sinceMs, form] = before && !isOver ? before : ([0, 0, nowMs, ''] as const)
  const wanted = when[step]
  if (!wanted || !reaches(wanted, happened)) return isOver ? undefined : before
  const isSameForm = (happened.form ?? '') === form
  const isFirst = count === 0 || !isSameForm
  const counted = isFirst ? 1 : count + 1
  const began = isFirst && step === 0 ? nowMs : sinceMs
  if (counted < (wanted.times ?? 1)) return [step, counted, began, happened.form ?? '']
  return step + 1 < when.length ? [step + 1, 0, began, ''] : true
}
