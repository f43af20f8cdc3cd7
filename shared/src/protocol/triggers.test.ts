import { describe, expect, it } from 'vitest'
import { ruleSchema } from './triggers.ts'

const rule = {
  when: [{ on: 'click', at: '[data-wish="return"]' }],
  do: { show: 'teaser', title: 'Returning it?' },
  often: { times: 1, days: 1 },
}
const problem = (more: object) => {
  const checked = ruleSchema.safeParse({ ...rule, ...more })
  return checked.success ? undefined : checked.error.issues[0]?.message
}

describe('a rule that is saved', () => {
  it('may be this one', () => expect(problem({})).toBeUndefined())

  it('opens the chat by itself on a click alone', () => {
    expect(problem({ do: { show: 'open' } })).toBeUndefined()
    expect(problem({ do: { show: 'open' }, when: [{ on: 'exit' }] })).toBe('trigger.openOnClick')
  })

  it.each([
    ['trigger.selector', { when: [{ on: 'click', at: 'a:has(*)' }] }],
    ['trigger.event', { when: [{ on: 'event', at: 'pay ment' }] }],
    ['trigger.url', { do: { show: 'article', title: 'Read', url: 'javascript:alert(1)' } }],
    ['trigger.url', { do: { show: 'article', title: 'Read', url: '//elsewhere.example' } }],
    ['text.empty', { do: { show: 'teaser' } }],
    ['text.empty', { do: { show: 'bubble', title: 'x' } }],
  ])('is refused with %s', (message, more) => expect(problem(more)).toBe(message))

  it('is not nested deeper than people can read', () => {
    const nested = (depth: number): object =>
      depth === 0 ? { fact: 'open', is: ['yes'] } : { not: nested(depth - 1) }
    expect(problem({ if: nested(4) })).toBeUndefined()
    expect(problem({ if: nested(5) })).toBeDefined()
  })
})
