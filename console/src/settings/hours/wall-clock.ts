/** What a clock on the wall shows in a time zone. */
export interface WallClock {
  /** YYYY-MM-DD */
  date: string
  /** 0 is Monday. */
  weekday: number
  minutes: number
}

export function wallClock(at: Date, timeZone: string): WallClock {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at)
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? ''
  const date = `${part('year')}-${part('month')}-${part('day')}`
  return { date, weekday: weekdayOf(date), minutes: Number(part('hour')) * 60 + Number(part('minute')) }
}

export function weekdayOf(date: string): number {
  return (new Date(`${date}T12:00:00Z`).getUTCDay() + 6) % 7
}

export function dateAfter(date: string, days: number): string {
  const noon = new Date(`${date}T12:00:00Z`)
  noon.setUTCDate(noon.getUTCDate() + days)
  return noon.toISOString().slice(0, 10)
}

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return name.trim() !== ''
  } catch {
    return false
  }
}

/** Minutes after midnight of `HH:MM`; undefined when it is not a time. */
export function minutesOf(time: string): number | undefined {
  const found = /^([01]\d|2[0-4]):([0-5]\d)$/.exec(time)
  if (found === null) return undefined
  const minutes = Number(found[1]) * 60 + Number(found[2])
  return minutes <= 24 * 60 ? minutes : undefined
}

export function timeOf(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}
