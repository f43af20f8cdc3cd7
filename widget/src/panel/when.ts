import { locale, say } from '../i18n/words.ts'

const dayMs = 86_400_000

/** “10 min”, “2 hours”, “3 days”: rounded up, so that nobody is promised too little; never parted by a line’s end. */
export const span = (ms: number): string => inWords(ms).replace(/ /g, '\u00a0')

function inWords(ms: number): string {
  const minutes = Math.max(1, Math.ceil(ms / 60_000))
  if (minutes < 60) return say('minutes', minutes)
  const hours = Math.ceil(minutes / 60)
  return hours < 24 ? say('hours', hours) : say('days', Math.ceil(hours / 24))
}

/** “09:05” where hours count to 24, “9:05 AM” where they do not. */
function hourMinute(): Intl.DateTimeFormatOptions {
  const { hour12 } = new Intl.DateTimeFormat(locale, { hour: 'numeric' }).resolvedOptions()
  return { hour: hour12 ? 'numeric' : '2-digit', minute: '2-digit' }
}

export function clock(at: string | Date): string {
  return new Intl.DateTimeFormat(locale, hourMinute()).format(new Date(at))
}

/** Whole days from one local date to another. */
export function daysBetween(from: Date, to: Date): number {
  return Math.round((new Date(to).setHours(12, 0, 0, 0) - new Date(from).setHours(12, 0, 0, 0)) / dayMs)
}

/** “today at 20:00”, “Monday at 08:00”, in the reader's own time zone. */
export function opening(at: string, now: Date): string {
  const day = daysBetween(now, new Date(at))
  if (day === 0) return say('today', clock(at))
  if (day === 1) return say('tomorrow', clock(at))
  const date: Intl.DateTimeFormatOptions =
    day < 7 ? { weekday: 'long' } : { weekday: 'short', day: 'numeric', month: 'long' }
  return new Intl.DateTimeFormat(locale, { ...date, ...hourMinute() }).format(new Date(at))
}
