import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { moved, neighbour, replaced, without } from './reorder.ts'

describe('moving an item', () => {
  it('puts it at its new place and keeps the order of the rest', () => {
    expect(moved(['a', 'b', 'c', 'd'], 0, 2)).toEqual(['b', 'c', 'a', 'd'])
    expect(moved(['a', 'b', 'c', 'd'], 3, 0)).toEqual(['d', 'a', 'b', 'c'])
  })

  it('loses and doubles nothing, and moving back restores the list', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer(), { minLength: 1, maxLength: 12 }),
        fc.nat(11),
        fc.nat(11),
        (list, a, b) => {
          const from = a % list.length
          const to = b % list.length
          expect(moved(moved(list, from, to), to, from)).toEqual(list)
          expect(moved(list, from, to)[to]).toBe(list[from])
        },
      ),
    )
  })

  it('past either end changes nothing', () => {
    expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b'])
    expect(moved(['a', 'b'], 1, 2)).toEqual(['a', 'b'])
  })
})

describe('removing an item', () => {
  it('leaves the others and gives focus to what takes its place', () => {
    expect(without(['a', 'b', 'c'], 1)).toEqual(['a', 'c'])
    expect(neighbour(3, 1)).toBe(1)
    expect(neighbour(3, 2)).toBe(1)
    expect(neighbour(1, 0)).toBeUndefined()
  })

  it('is told apart from replacing one', () => {
    expect(replaced(['a', 'b', 'c'], 1, 'x')).toEqual(['a', 'x', 'c'])
  })
})
