import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { step } from './progress.mjs'

const said: string[] = []
beforeEach(() => {
  said.length = 0
  vi.useFakeTimers()
  vi.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line))
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

test('a long step says what it is, now and then that it still is, and how long it took', async () => {
  let finish = (_: string) => {}
  const work = step('Installing packages', () => new Promise<string>((resolve) => (finish = resolve)))
  expect(said).toEqual(['Installing packages …'])
  vi.advanceTimersByTime(20_500)
  expect(said.slice(1)).toEqual(['  still at it, 10.0 s', '  still at it, 20.0 s'])
  finish('done')
  expect(await work).toBe('done')
  expect(said.at(-1)).toBe('Installing packages: 20.5 s')
  vi.advanceTimersByTime(60_000)
  expect(said).toHaveLength(4)
})

test('a step that fails is not said to have taken its time, and says nothing more', async () => {
  const work = step('Installing packages', () => Promise.reject(new Error('no network')))
  await expect(work).rejects.toThrow('no network')
  vi.advanceTimersByTime(60_000)
  expect(said).toEqual(['Installing packages …'])
})
