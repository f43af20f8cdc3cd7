export interface Calendar {
  timeZone: string
  day(at: string): string
  time(at: string): string
}

/** Days and times as the reader writes them; a language or zone nobody knows falls back to English and UTC. */
export function calendarFor(locale: string | null, timeZone: string | null): Calendar {
  const language = locale !== null && isKnown(locale, 'UTC') ? locale : 'en-GB'
  const zone = timeZone !== null && isKnown('en', timeZone) ? timeZone : 'UTC'
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeZone: zone })
  const time = new Intl.DateTimeFormat(language, { timeStyle: 'short', timeZone: zone })
  return {
    timeZone: zone,
    day: (at) => day.format(new Date(at)),
    time: (at) => time.format(new Date(at)),
  }
}

function isKnown(locale: string, timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat(locale, { timeZone })
    return true
  } catch {
    return false
  }
}
