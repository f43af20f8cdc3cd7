import { Refused } from '../app/refused.ts'
import type { Held, StoredEvent } from './held.ts'
import type { Wish, Written } from './log.ts'
import { keyOf, type Part, type Versioned } from './log-store.ts'
import { fingerprintOf, numberEvents } from './numbering.ts'

export interface Deciding {
  wish: Wish
  resolve(written: Written): void
  reject(reason: unknown): void
}

export interface Decided<Entry> {
  entry: Entry
  written: Written
}

export interface Plan<Entry> {
  decided: Decided<Entry>[]
  parts: Part[]
  /** To be asked again under the lock. */
  again: Entry[]
}

/** Pure but for the refusals it hands out: wishes in order, each on what the ones before it have made of its conversation. */
export function decideBatch<Entry extends Deciding>(
  batch: readonly Entry[],
  given: {
    now: Date
    repeats: Map<string, StoredEvent[]>
    /** Read under the lock; anything else may have moved on. */
    isSure(conversationId: string): boolean
    find(conversationId: string): Versioned | undefined
    onFault: (error: unknown) => void
  },
): Plan<Entry> {
  const { now, repeats, isSure, find } = given
  const after = new Map<string, Held>()
  const events = new Map<string, StoredEvent[]>()
  const postponed = new Set<string>()
  const plan: Plan<Entry> = { decided: [], parts: [], again: [] }

  for (const entry of batch) {
    const { wish } = entry
    const { conversationId } = wish
    if (postponed.has(conversationId)) {
      plan.again.push(entry)
      continue
    }
    try {
      const held = after.get(conversationId) ?? find(conversationId)?.held ?? null
      const repeat = findRepeat(wish, repeats)
      if (repeat && held) {
        plan.decided.push({ entry, written: { held, events: repeat, isRepeat: true } })
        continue
      }
      const numbered = numberEvents(wish, held, wish.decide(held, now), now)
      if (!numbered.held) throw new Refused('notFound')
      // Nothing would be written that notices a conversation that has moved on.
      if (numbered.events.length === 0 && !isSure(conversationId)) throw new Unsure()
      after.set(conversationId, numbered.held)
      if (numbered.events.length > 0) {
        events.set(conversationId, [...(events.get(conversationId) ?? []), ...numbered.events])
        if (wish.requestId !== null) repeats.set(keyOf(wish), numbered.events)
      }
      plan.decided.push({
        entry,
        written: { held: numbered.held, events: numbered.events, isRepeat: false },
      })
    } catch (error) {
      if (!isSure(conversationId)) {
        postponed.add(conversationId)
        plan.again.push(entry)
        continue
      }
      if (!(error instanceof Refused)) given.onFault(error)
      entry.reject(error)
    }
  }

  for (const [conversationId, written] of events) {
    const held = after.get(conversationId)
    const was = find(conversationId)
    if (held)
      plan.parts.push({ before: was?.held ?? null, held, events: written, version: was?.version ?? null })
  }
  return plan
}

class Unsure extends Error {}

function findRepeat(wish: Wish, repeats: Map<string, StoredEvent[]>): StoredEvent[] | undefined {
  if (wish.requestId === null) return undefined
  const events = repeats.get(keyOf(wish))
  if (events && events[0]?.fingerprint !== fingerprintOf(wish))
    throw new Refused('conflict', 'request.otherContent')
  return events
}
