import type { Condition, Fact } from './rule.ts'

export type Facts = (name: Fact) => string | number | undefined

/** Does the text fit the pattern, in which `*` stands for anything? Never slow, whatever the two are. */
export function isLike(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split('*')
  const last = rest.pop()
  if (last === undefined) return pattern === text
  if (!text.startsWith(first)) return false
  let at = first.length
  for (const part of rest) {
    const found = text.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return text.endsWith(last) && text.length - last.length >= at
}

/** A segment left in place is one that is no longer there: nobody is in it. */
export function holds(condition: Condition | undefined, facts: Facts): boolean {
  if (!condition) return true
  if ('all' in condition) return condition.all.every((one) => holds(one, facts))
  if ('any' in condition) return condition.any.some((one) => holds(one, facts))
  if ('not' in condition) return !holds(condition.not, facts)
  if ('segment' in condition) return false
  const value = facts(condition.fact)
  if (value === undefined) return false
  if ('is' in condition) return condition.is.some((pattern) => isLike(pattern, `${value}`))
  const { from = -Infinity, to = Infinity } = condition
  return +value >= from && +value <= to
}
