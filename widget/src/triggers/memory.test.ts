import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Host } from './host.ts'
import { noteVisit, recall, remember } from './memory.ts'

const minute = 60_000
let kept: Record<string, string>
let host: Host

beforeEach(() => {
  vi.useFakeTimers()
  kept = {}
  host = {
    kept: () => kept,
    keep: (name: string, value: string) => {
      kept[name] = value
    },
  } as Host
})
afterEach(() => {
  vi.useRealTimers()
})

it('counts a visitor who comes back after half an hour, and nobody who only opens the next page', () => {
  noteVisit(host)
  expect(recall(host).visits).toBe(1)
  for (let page = 0; page < 5; page += 1) {
    vi.advanceTimersByTime(30 * minute)
    noteVisit(host)
  }
  expect(recall(host).visits).toBe(1)
  vi.advanceTimersByTime(30 * minute + 1)
  noteVisit(host)
  expect(recall(host).visits).toBe(2)
})

it('keeps the same person’s name, a budget that does not grow for ever, and begins anew from what is no longer read', () => {
  remember(host, () => {})
  const { person } = recall(host)
  expect(recall(host).person).toBe(person)
  for (let at = 0; at < 60; at += 1) remember(host, ({ past }) => past.push(['trg_a', at, 0]))
  expect(recall(host).past.map(([, at]) => at)).toEqual(Array.from({ length: 40 }, (_, at) => at + 20))
  kept.triggers = 'not what we wrote'
  expect(recall(host)).toMatchObject({ past: [], visits: 0, quietUntilMs: 0 })
})
