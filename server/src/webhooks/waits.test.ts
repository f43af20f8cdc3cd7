import { expect, it } from 'vitest'
import { waitAfter } from './waits.ts'

it('a delivery is tried for a good three days, ever more seldom, and then not any more', () => {
  const waits: number[] = []
  for (let tries = 1; ; tries += 1) {
    const wait = waitAfter(tries, 0.5)
    if (wait === undefined) break
    waits.push(wait)
  }
  const days = waits.reduce((sum, wait) => sum + wait, 0) / 86_400_000
  expect(days).toBeGreaterThan(3)
  expect(days).toBeLessThan(3.5)
  expect(waits).toEqual([...waits].sort((a, b) => a - b))
})

it('what failed together comes back a tenth earlier or later', () => {
  expect(waitAfter(1, 0)).toBe(4_500)
  expect(waitAfter(1, 0.999_999)).toBe(5_500)
})
