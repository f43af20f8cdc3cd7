import type { Hours } from '@parley/shared/protocol/settings.ts'
import { weekdays } from './describe-hours.ts'
import { isTimeZone, minutesOf } from './wall-clock.ts'

/** What is wrong, by the path of the field; empty when the hours can be saved. */
export function checkHours(hours: Hours): Record<string, string> {
  const errors: Record<string, string> = {}
  if (!isTimeZone(hours.timeZone))
    errors['hours.timeZone'] = 'This time zone is not known. Example: Europe/Lisbon'
  hours.week.forEach((spans, weekday) => {
    const problem = problemOf(spans)
    if (problem !== undefined) errors[`hours.week.${weekday}`] = `${weekdays[weekday] ?? ''}: ${problem}`
  })
  return errors
}

function problemOf(spans: readonly { from: string; to: string }[]): string | undefined {
  const times = spans.map(({ from, to }) => ({ from: minutesOf(from), to: minutesOf(to) }))
  for (const { from, to } of times) {
    if (from === undefined || to === undefined || from === 24 * 60)
      return 'write times as 09:00, midnight at the end as 24:00.'
    if (from >= to)
      return 'the end must be after the start. For a night shift, end at 24:00 and start the next day at 00:00.'
  }
  const sorted = [...times].sort((a, b) => (a.from ?? 0) - (b.from ?? 0))
  const overlaps = sorted.some((span, index) => {
    const next = sorted[index + 1]
    return next !== undefined && (next.from ?? 0) < (span.to ?? 0)
  })
  return overlaps ? 'two openings overlap. Join them or move one.' : undefined
}
