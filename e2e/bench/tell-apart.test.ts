import { expect, test } from 'vitest'
import { createChance } from './chance.ts'
import { gathered, tellApart } from './tell-apart.ts'

test('times that never overlap tell everything, whichever is slower', () => {
  expect(tellApart([5, 6, 7], [1, 2, 3])).toEqual({ auc: 1, wrong: 0 })
  expect(tellApart([1, 2, 3], [5, 6, 7])).toEqual({ auc: 1, wrong: 0 })
})

test('the same times tell nothing', () => {
  expect(tellApart([1, 2, 3], [1, 2, 3])).toEqual({ auc: 0.5, wrong: 0.5 })
  expect(tellApart([4, 4], [4, 4, 4])).toEqual({ auc: 0.5, wrong: 0.5 })
})

test('what overlaps tells as much as one answer in two pairs gives away', () => {
  const { auc, wrong } = tellApart([2, 4], [1, 3])
  expect([auc, wrong]).toEqual([0.75, 0.25])
})

test('asking a hundred times finds a difference that one asking hides', () => {
  const chance = createChance(1)
  const noisy = (add: number) => Array.from({ length: 2_000 }, () => 10 * chance() + add)
  const [these, those] = [noisy(1), noisy(0)]
  expect(tellApart(these, those).auc).toBeLessThan(0.65)
  expect(tellApart(gathered(these, 100, chance), gathered(those, 100, chance)).auc).toBeGreaterThan(0.85)
})
