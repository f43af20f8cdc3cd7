import type { Progress } from '@parley/shared/triggers/sequence.ts'
import type { Memory } from '@parley/shared/triggers/verdict.ts'
import type { Host } from './host.ts'

export interface Kept extends Memory {
  visits: number
  lastMs: number
  /** How far signals have come that need more than one, so that they outlive a page. */
  going: Record<string, Progress>
  /** The rule whose offer is being weighed, and since when: the click may have led to another page. */
  due?: Due
}

export type Due = [id: string, sinceMs: number]

const visitMs = 1_800_000
const mostPast = 40

/** Read from the page's storage each time: another tab may have shown something since. */
export function recall({ kept }: Host): Kept {
  const empty: Kept = {
    person: Math.random().toString(36).slice(2),
    past: [],
    quietUntilMs: 0,
    visits: 0,
    lastMs: 0,
    going: {},
  }
  try {
    return { ...empty, ...JSON.parse(kept().triggers ?? '{}') }
  } catch {
    return empty
  }
}

export function remember(host: Host, change: (memory: Kept) => void): void {
  const memory = recall(host)
  change(memory)
  memory.past = memory.past.slice(-mostPast)
  host.keep('triggers', JSON.stringify(memory))
}

/** After half an hour away it is another visit. */
export function noteVisit(host: Host): void {
  remember(host, (memory) => {
    if (Date.now() - memory.lastMs > visitMs) memory.visits += 1
    memory.lastMs = Date.now()
  })
}
