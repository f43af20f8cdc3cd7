import type { Refusal } from '@parley/shared/protocol/refusals.ts'
import type { z } from 'zod'

type Issue = z.core.$ZodIssue

/** Reasons of ours look like `text.tooLong`; anything else is the schema's own talk. */
const reasonShape = /^[a-zA-Z]+\.[a-zA-Z]+$/

/** The first thing wrong with what was asked: which rule, and which field. */
export function refusalOfInput(error: z.ZodError): Refusal {
  const [first] = error.issues
  const { issue, path } = first ? named(first, first.path) : { issue: undefined, path: [] }
  const field = [...path, ...(issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [])].join('.')
  const reason = issue && reasonShape.test(issue.message) ? issue.message : 'wish.shape'
  return { code: 'invalid', reason, ...(field === '' ? {} : { field: field.slice(0, 200) }) }
}

/** Among alternatives that all failed, the one that says why. */
function named(issue: Issue, path: readonly PropertyKey[]): { issue: Issue; path: readonly PropertyKey[] } {
  if (issue.code === 'invalid_union')
    for (const inner of issue.errors.flat()) {
      const found = named(inner, [...path, ...inner.path])
      if (reasonShape.test(found.issue.message)) return found
    }
  return { issue, path }
}
