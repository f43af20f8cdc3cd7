import { type Actor, actorIdOf } from '@parley/shared/people.ts'
import type { Clock } from '../clock.ts'

/** More than this is not somebody whose console is a little behind. */
const alarming = 10
const withinMs = 60_000
/** The same person again within this time is the same alarm. */
const quietMs = 60 * 60_000

export interface RefusalAlarm {
  note(actor: Actor): void
  /** Forgets who has stopped. */
  tidy(): void
  settled(): Promise<void>
}

/** Raised the moment somebody is refused for the tenth time in any minute, by this process. */
export function createRefusalAlarm(clock: Clock, raise: (actor: Actor) => Promise<void>): RefusalAlarm {
  const recent = new Map<string, number[]>()
  const quietUntil = new Map<string, number>()
  const raising = new Set<Promise<void>>()

  return {
    note(actor) {
      if (actor.kind === 'system') return
      const key = `${actor.siteId} ${actorIdOf(actor)}`
      const now = clock.now().getTime()
      const times = [...(recent.get(key) ?? []), now].slice(-alarming)
      recent.set(key, times)
      const [first = now] = times
      if (times.length < alarming || now - first >= withinMs || (quietUntil.get(key) ?? 0) > now) return
      quietUntil.set(key, now + quietMs)
      const raised = raise(actor).finally(() => raising.delete(raised))
      raising.add(raised)
    },
    tidy() {
      const now = clock.now().getTime()
      for (const [key, times] of recent) if (now - (times.at(-1) ?? 0) >= withinMs) recent.delete(key)
      for (const [key, until] of quietUntil) if (until <= now) quietUntil.delete(key)
    },
    async settled() {
      await Promise.all(raising)
    },
  }
}
