/** “just now”, “5 minutes ago”, “yesterday, 14:05”, “3 November, 14:05”. */
export function ago(at: string, now: Date = new Date()): string {
  const then = new Date(at)
  const minutes = Math.floor((now.getTime() - then.getTime()) / 60_000)
  if (minutes < 1) return 'just now'
  if (minutes < 60) return minutes === 1 ? '1 minute ago' : `${minutes} minutes ago`
  return moment(at, now)
}

export function moment(at: string, now: Date = new Date()): string {
  const then = new Date(at)
  const time = clock.format(then)
  const days = daysBetween(then, now)
  if (days === 0) return `today, ${time}`
  if (days === 1) return `yesterday, ${time}`
  const date = then.getFullYear() === now.getFullYear() ? shortDate.format(then) : longDate.format(then)
  return `${date}, ${time}`
}

function daysBetween(then: Date, now: Date): number {
  const midnight = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate(), 12).getTime()
  return Math.round((midnight(now) - midnight(then)) / 86_400_000)
}

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const shortDate = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long' })
const longDate = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })
