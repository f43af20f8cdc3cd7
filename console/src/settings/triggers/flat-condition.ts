import type { Condition, Fact } from '@parley/shared/triggers/rule.ts'

/** One line of the form. A segment is a line of its own kind. */
export interface ConditionLine {
  isNot: boolean
  of: Fact | 'segment'
  values: string[]
  from?: number | undefined
  to?: number | undefined
}

export interface FlatCondition {
  join: 'all' | 'any'
  lines: ConditionLine[]
}

/** A condition as lines, or nothing where it is nested deeper than a form can show. */
export function flatten(condition: Condition | undefined): FlatCondition | undefined {
  if (!condition) return { join: 'all', lines: [] }
  const join = 'any' in condition ? 'any' : 'all'
  const parts = 'all' in condition ? condition.all : 'any' in condition ? condition.any : [condition]
  const lines = parts.map(lineOf)
  return lines.every((line) => line !== undefined) ? { join, lines } : undefined
}

function lineOf(condition: Condition): ConditionLine | undefined {
  if ('not' in condition) {
    const line = lineOf(condition.not)
    return line && !line.isNot ? { ...line, isNot: true } : undefined
  }
  if ('all' in condition || 'any' in condition) return undefined
  if ('segment' in condition) return { isNot: false, of: 'segment', values: [condition.segment] }
  if ('is' in condition) return { isNot: false, of: condition.fact, values: condition.is }
  return { isNot: false, of: condition.fact, values: [], from: condition.from, to: condition.to }
}

export function unflatten({ join, lines }: FlatCondition): Condition | undefined {
  const parts = lines.map(conditionOf)
  const [first] = parts
  if (!first) return undefined
  if (parts.length === 1) return first
  return join === 'all' ? { all: parts } : { any: parts }
}

function conditionOf({ isNot, of, values, from, to }: ConditionLine): Condition {
  const bare: Condition =
    of === 'segment'
      ? { segment: values[0] ?? '' }
      : of === 'cartValue' || of === 'visits'
        ? { fact: of, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
        : { fact: of, is: values }
  return isNot ? { not: bare } : bare
}
