import { Plus, X } from 'lucide'
import { useState } from 'preact/hooks'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { IconButton } from '../../parts/icon-button.tsx'
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
  const [typed, setTyped] = useState('')
  const [error, setError] = useState<string>()

  function add() {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(typed)) return setError('Choose a date.')
    if (dates.includes(typed)) return setError('This day is in the list already.')
    if (dates.length >= 100) return setError('100 days is the most. Remove some that have passed.')
    setError(undefined)
    setTyped('')
    onChange([...dates, typed].sort())
  }

  return (
    <>
      {dates.length === 0 && (
        <p class={styles.none}>None. Add public holidays and other days nobody answers.</p>
      )}
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
      {!isReadOnly && (
        <div class={styles.add}>
          <Field
            label="Add a day"
            type="date"
            value={typed}
            error={error}
            onInput={(event) => {
              setTyped(event.currentTarget.value)
              setError(undefined)
            }}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return
              event.preventDefault()
              add()
            }}
          />
          <Button icon={Plus} class={styles.addButton ?? ''} onClick={add}>
            Add
          </Button>
        </div>
      )}
    </>
  )
}
