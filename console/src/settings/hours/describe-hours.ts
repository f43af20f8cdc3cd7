import type { Hours } from '@parley/shared/protocol/settings.ts'
import { dateAfter, isTimeZone, minutesOf, timeOf, wallClock, weekdayOf } from './wall-clock.ts'

export const weekdays = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const

export interface OpeningState {
  isOpen: boolean
  /** One sentence, as a visitor of the site would be told. */
  sentence: string
}

const day = 24 * 60
/** A closed season longer than this is told without a date. */
const horizonDays = 400

export function describeHours(hours: Hours, now: Date): OpeningState {
  if (!isTimeZone(hours.timeZone)) return { isOpen: false, sentence: 'Choose a time zone to see the hours.' }
  const here = wallClock(now, hours.timeZone)
  const open = spansOn(hours, here.date).find((span) => span.from <= here.minutes && here.minutes < span.to)
  if (open !== undefined) return { isOpen: true, sentence: describeClosing(hours, here.date, open.to) }
  for (let ahead = 0; ahead <= horizonDays; ahead += 1) {
    const date = dateAfter(here.date, ahead)
    const next = spansOn(hours, date).find((span) => ahead > 0 || span.from > here.minutes)
    if (next !== undefined) {
      return { isOpen: false, sentence: `Closed now, opens ${whenOf(ahead, date)}${timeOf(next.from)}` }
    }
  }
  return { isOpen: false, sentence: 'Closed, and no opening is set' }
}

/** Openings of one date, in order, joined where they touch or overlap. */
export function spansOn(hours: Hours, date: string): { from: number; to: number }[] {
  if (hours.closedOn.includes(date)) return []
  const spans = (hours.week[weekdayOf(date)] ?? [])
    .map(({ from, to }) => ({ from: minutesOf(from) ?? 0, to: minutesOf(to) ?? 0 }))
    .filter((span) => span.from < span.to)
    .sort((a, b) => a.from - b.from)
  const joined: { from: number; to: number }[] = []
  for (const span of spans) {
    const last = joined[joined.length - 1]
    if (last !== undefined && span.from <= last.to) last.to = Math.max(last.to, span.to)
    else joined.push(span)
  }
  return joined
}

function describeClosing(hours: Hours, date: string, to: number): string {
  let ahead = 0
  let closesAt = to
  while (closesAt === day) {
    ahead += 1
    if (ahead > 7) return 'Open now, around the clock'
    const next = spansOn(hours, dateAfter(date, ahead))[0]
    if (next === undefined || next.from > 0)
      return `Open now, until ${whenOf(ahead - 1, dateAfter(date, ahead - 1))}24:00`
    closesAt = next.to
  }
  return `Open now, until ${whenOf(ahead, dateAfter(date, ahead))}${timeOf(closesAt)}`
}

function whenOf(ahead: number, date: string): string {
  if (ahead === 0) return ''
  if (ahead === 1) return 'tomorrow at '
  if (ahead < 7) return `on ${weekdays[weekdayOf(date)]} at `
  const named = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' })
  return `on ${named.format(new Date(`${date}T12:00:00Z`))} at `
}
