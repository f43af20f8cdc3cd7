import type { CountName, TriggerCounts } from '@parley/shared/protocol/triggers.ts'
import type { SiteCommand } from '../app/site-command.ts'
import * as store from './store.ts'

const dayMs = 86_400_000

/** A day in UTC: the report compares days, it closes no books. */
export function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10)
}

export const readReport: SiteCommand<'readTriggerReport'> = async ({ actor, input, sql, parts }) => {
  const today = parts.clock.now().getTime()
  const days = Array.from({ length: input.days }, (_, at) =>
    dayOf(new Date(today - (input.days - 1 - at) * dayMs)),
  )
  const from = days[0] ?? dayOf(new Date(today))
  const counts = new Map<string, TriggerCounts>()
  for (const { trigger_id, name, times } of await store.countsSince(sql, actor.siteId, from)) {
    const of = counts.get(trigger_id) ?? {}
    of[name as CountName] = times
    counts.set(trigger_id, of)
  }
  const shown = new Map(
    (await store.shownPerDay(sql, actor.siteId, from)).map(({ day, times }) => [day, times]),
  )
  const launcher = counts.get('') ?? {}
  counts.delete('')
  return {
    from,
    launcher,
    triggers: [...counts].map(([triggerId, of]) => ({ triggerId, counts: of })),
    days: days.map((day) => ({ day, shown: shown.get(day) ?? 0 })),
  }
}
