import { X } from 'lucide'
import { IconButton } from '../../parts/icon-button.tsx'
import { AddOne } from '../parts/add-one.tsx'
import styles from './hours.module.css'

const named = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
})

export function ClosedDays(props: {
  dates: readonly string[]
  isReadOnly: boolean
  onChange: (dates: string[]) => void
}) {
  const { dates, isReadOnly, onChange } = props

  function add(date: string): string | null {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return 'Choose a date.'
    if (dates.includes(date)) return 'This day is in the list already.'
    if (dates.length >= 100) return '100 days is the most. Remove some that have passed.'
    onChange([...dates, date].sort())
    return null
  }

  return (
    <>
      {dates.length === 0 && (
        <p class={styles.none}>None. Add public holidays and other days nobody answers.</p>
      )}
      {dates.length > 0 && (
        <ul class={styles.dates} aria-label="Closed days">
          {dates.map((date) => (
            <li key={date} class={styles.date}>
              <span>{named.format(new Date(`${date}T12:00:00Z`))}</span>
              {!isReadOnly && (
                <IconButton
                  icon={X}
                  label={`Remove ${named.format(new Date(`${date}T12:00:00Z`))}`}
                  onClick={() => onChange(dates.filter((one) => one !== date))}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {!isReadOnly && <AddOne label="Add a day" isDate onAdd={add} />}
    </>
  )
}
