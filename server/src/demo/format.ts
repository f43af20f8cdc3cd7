const dayMs = 86_400_000

export function euros(amount: number): string {
  return `€${amount.toFixed(2)}`
}

/** Dates without a time are days of the marketplace's calendar; they are kept and shown in UTC. */
export function dayOf(isoDate: string): Date {
  return new Date(`${isoDate}T00:00:00Z`)
}

export function addDays(date: Date, days: number): Date {
  return new Date(date.getTime() + days * dayMs)
}

/** The year is told only when it is not the reader's present one. */
export function longDay(date: Date, now: Date, weekday = false): string {
  const sameYear = date.getUTCFullYear() === now.getUTCFullYear()
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'long',
    ...(weekday ? { weekday: 'long' as const } : {}),
    ...(sameYear ? {} : { year: 'numeric' as const }),
  })
    .format(date)
    .replace(',', '')
}

export function shortDay(date: Date): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'short' }).format(date)
}

export function dayRange(from: Date, to: Date): string {
  const month = (date: Date) =>
    new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', month: 'long' }).format(date)
  const start = from.getUTCMonth() === to.getUTCMonth() ? '' : ` ${month(from)}`
  return `${from.getUTCDate()}${start} to ${to.getUTCDate()} ${month(to)}`
}

export function count(amount: number, one: string, many: string): string {
  return `${amount} ${amount === 1 ? one : many}`
}
