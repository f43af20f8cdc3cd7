export interface SnoozeChoice {
  label: string
  until: Date
}

const opening = 9

/** In the reader's own time zone; “next week” is its Monday. */
export function snoozeChoices(now: Date): SnoozeChoice[] {
  const inAnHour = new Date(now.getTime() + 60 * 60_000)
  const toMonday = (8 - now.getDay()) % 7 || 7
  return [
    { label: 'In 1 hour', until: inAnHour },
    { label: 'Tomorrow', until: atOpening(now, 1) },
    { label: 'Next week', until: atOpening(now, toMonday) },
  ]
}

function atOpening(now: Date, days: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, opening)
}

/** What a date-and-time field holds, in local time. */
export function asFieldValue(moment: Date): string {
  const pad = (part: number) => String(part).padStart(2, '0')
  const date = [moment.getFullYear(), pad(moment.getMonth() + 1), pad(moment.getDate())].join('-')
  return `${date}T${pad(moment.getHours())}:${pad(moment.getMinutes())}`
}
