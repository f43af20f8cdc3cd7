// The console speaks English; hours stay in the reader's own time zone.
const hourMinute = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const dayMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long' })
const shortDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'short' })
const full = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short' })

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs

export function clockTime(at: string): string {
  return hourMinute.format(new Date(at))
}

export function fullTime(at: string): string {
  return full.format(new Date(at))
}

/** `9 m`, `2 h`, `3 d`; less than a minute is `now`. */
export function shortSpan(ms: number): string {
  if (ms < minuteMs) return 'now'
  if (ms < hourMs) return `${Math.floor(ms / minuteMs)} m`
  if (ms < dayMs) return `${Math.floor(ms / hourMs)} h`
  return `${Math.floor(ms / dayMs)} d`
}

/** The same for people who listen: `9 minutes`. */
export function spokenSpan(ms: number): string {
  if (ms < minuteMs) return 'less than a minute'
  if (ms < hourMs) return counted(Math.floor(ms / minuteMs), 'minute')
  if (ms < dayMs) return counted(Math.floor(ms / hourMs), 'hour')
  return counted(Math.floor(ms / dayMs), 'day')
}

export function counted(count: number, word: string): string {
  return count === 1 ? `1 ${word}` : `${count} ${word}s`
}

/** Days between two moments in the reader's time zone: 0 is the same day. */
export function daysApart(from: Date, to: Date): number {
  const start = new Date(from.getFullYear(), from.getMonth(), from.getDate())
  const end = new Date(to.getFullYear(), to.getMonth(), to.getDate())
  return Math.round((end.getTime() - start.getTime()) / dayMs)
}

/** `Today, 21 November`, `Yesterday, 20 November`, `Tue 3 November`, with the year when it is another. */
export function dayLine(at: string, now: number): string {
  const day = new Date(at)
  const today = new Date(now)
  const apart = daysApart(day, today)
  const date = dayMonth.format(day)
  if (apart === 0) return `Today, ${date}`
  if (apart === 1) return `Yesterday, ${date}`
  const year = day.getFullYear() === today.getFullYear() ? '' : ` ${day.getFullYear()}`
  return `${weekday.format(day)} ${date}${year}`
}

/** `14:00` today, `tomorrow 09:00`, `Mon 09:00` within a week, else `3 Dec 09:00`. */
export function comingTime(at: string, now: number): string {
  const day = new Date(at)
  const apart = daysApart(new Date(now), day)
  const time = hourMinute.format(day)
  if (apart === 0) return time
  if (apart === 1) return `tomorrow ${time}`
  return apart > 1 && apart < 7 ? `${weekday.format(day)} ${time}` : `${shortDay.format(day)} ${time}`
}

/** `10:44` today, `Mon 3` style dates before: short enough for the end of a line. */
export function shortDate(at: string, now: number): string {
  const day = new Date(at)
  if (daysApart(day, new Date(now)) === 0) return hourMinute.format(day)
  const year = day.getFullYear()
  return year === new Date(now).getFullYear() ? shortDay.format(day) : String(year)
}
