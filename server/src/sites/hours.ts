import type { Hours } from '@parley/shared/protocol/settings.ts'

const dayMs = 86_400_000
/** How far ahead an opening is looked for: a year, and the longest list of closed days. */
const daysAhead = 466
/** A stretch that has not ended after a week never closes. */
const openDays = 8

interface Stretch {
  from: number
  to: number
}

export function isOpenAt(hours: Hours, at: Date): boolean {
  return stretchAround(hours, at.getTime()) !== undefined
}

/** The next opening when closed; null while open, and when nothing opens within a year. */
export function opensAt(hours: Hours, at: Date): Date | null {
  const now = at.getTime()
  if (stretchAround(hours, now)) return null
  const today = localDay(hours.timeZone, now)
  for (let ahead = 0; ahead <= daysAhead; ahead += 1) {
    const next = stretchesOn(hours, today + ahead * dayMs).find((stretch) => stretch.from > now)
    if (next) return new Date(next.from)
  }
  return null
}

/** The end of the present opening; null while closed, and when it never closes. */
export function closesAt(hours: Hours, at: Date): Date | null {
  const now = at.getTime()
  let end = stretchAround(hours, now)?.to
  if (end === undefined) return null
  const today = localDay(hours.timeZone, now)
  for (let ahead = 0; ahead <= openDays; ahead += 1) {
    for (const stretch of stretchesOn(hours, today + ahead * dayMs)) {
      if (stretch.from <= end && stretch.to > end) end = stretch.to
    }
  }
  return end - now > (openDays - 1) * dayMs ? null : new Date(end)
}

export function isTimeZone(name: string): boolean {
  try {
    formatterFor(name)
    return true
  } catch {
    return false
  }
}

function stretchAround(hours: Hours, now: number): Stretch | undefined {
  return stretchesOn(hours, localDay(hours.timeZone, now)).find(
    (stretch) => stretch.from <= now && now < stretch.to,
  )
}

/** Opening stretches of one local day, as instants, earliest first. `day` is that day's midnight as if it were UTC. */
function stretchesOn(hours: Hours, day: number): Stretch[] {
  const date = new Date(day)
  if (hours.closedOn.includes(date.toISOString().slice(0, 10))) return []
  const weekday = (date.getUTCDay() + 6) % 7
  return (hours.week[weekday] ?? [])
    .map(({ from, to }) => ({
      from: instantOf(hours.timeZone, day + minutes(from)),
      to: instantOf(hours.timeZone, day + minutes(to)),
    }))
    .filter((stretch) => stretch.from < stretch.to)
    .sort((a, b) => a.from - b.from)
}

function minutes(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  return (hour * 60 + minute) * 60_000
}

function localDay(timeZone: string, at: number): number {
  const local = at + offsetAt(timeZone, at)
  return local - (((local % dayMs) + dayMs) % dayMs)
}

/**
 * The instant at which clocks there first show a local time. A time that is skipped when clocks go forward is
 * the moment of the change; of a time shown twice it is the first.
 */
function instantOf(timeZone: string, local: number): number {
  const candidates = [local - offsetAt(timeZone, local - dayMs), local - offsetAt(timeZone, local + dayMs)]
  const shown = candidates.filter((instant) => instant + offsetAt(timeZone, instant) === local)
  if (shown.length > 0) return Math.min(...shown)
  return changeBetween(timeZone, Math.min(...candidates), Math.max(...candidates))
}

function changeBetween(timeZone: string, before: number, after: number): number {
  const old = offsetAt(timeZone, before)
  let low = before
  let high = after
  while (high - low > 1_000) {
    const middle = Math.floor((low + high) / 2)
    if (offsetAt(timeZone, middle) === old) low = middle
    else high = middle
  }
  return Math.ceil(low / 1_000) * 1_000
}

function offsetAt(timeZone: string, at: number): number {
  const second = Math.floor(at / 1_000) * 1_000
  const parts = new Map<string, number>(
    formatterFor(timeZone)
      .formatToParts(second)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const of = (type: string) => parts.get(type) ?? 0
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')) - second
}

const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterFor(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone)
  if (known) return known
  const formatter = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  formatters.set(timeZone, formatter)
  return formatter
}
