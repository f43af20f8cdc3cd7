import type { Condition } from '@parley/shared/triggers/rule.ts'
import { describe, expect, it } from 'vitest'
import { flatten, unflatten } from './flat-condition.ts'

const path: Condition = { fact: 'path', is: ['/a*'] }
const cart: Condition = { fact: 'cartValue', from: 50 }

describe('a condition in the form', () => {
  it.each<[string, Condition | undefined]>([
    ['nothing', undefined],
    ['one line', path],
    ['a line that must not hold', { not: path }],
    ['several, all of them', { all: [path, { not: cart }, { segment: 'big' }] }],
    ['several, any of them', { any: [path, cart] }],
  ])('comes back as it was: %s', (_, condition) => {
    const flat = flatten(condition)
    expect(flat && unflatten(flat)).toEqual(condition)
  })

  it('is left alone where it is nested', () => {
    expect(flatten({ all: [path, { any: [path, cart] }] })).toBeUndefined()
    expect(flatten({ not: { not: path } })).toBeUndefined()
  })
})
