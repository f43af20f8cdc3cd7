import { Copy, Plus, X } from 'lucide'
import { useId } from 'preact/hooks'
import { IconButton } from '../../parts/icon-button.tsx'
import { Problem } from '../parts/confirm.tsx'
import { replaced, without } from '../parts/reorder.ts'
import { fullTime } from './full-time.ts'
import styles from './hours.module.css'

interface Span {
  from: string
  to: string
}

const mostSpans = 4

export function DayRow(props: {
  day: string
  spans: readonly Span[]
  isReadOnly: boolean
  error: string | undefined
  onLeave: () => void
  onChange: (spans: Span[]) => void
  onCopyToAll: () => void
}) {
  const { day, spans, isReadOnly, onChange } = props
  const errorId = useId()
  const isWrong = props.error !== undefined

  const time = (index: number, span: Span, name: 'from' | 'to') => (
    <input
      class={styles.time}
      aria-label={`${day}, ${name === 'from' ? 'from' : 'to'}${spans.length > 1 ? `, opening ${index + 1}` : ''}`}
      aria-invalid={isWrong || undefined}
      aria-describedby={isWrong ? errorId : undefined}
      inputMode="numeric"
      placeholder={name === 'from' ? '09:00' : '18:00'}
      maxLength={5}
      value={span[name]}
      onInput={(event) => onChange(replaced(spans, index, { ...span, [name]: event.currentTarget.value }))}
      onBlur={(event) => {
        const full = fullTime(event.currentTarget.value)
        if (full !== span[name]) onChange(replaced(spans, index, { ...span, [name]: full }))
        props.onLeave()
      }}
    />
  )

  return (
    <fieldset class={styles.day} aria-label={day}>
      <span class={styles.dayName}>{day}</span>
      <div class={styles.spans}>
        {spans.length === 0 && <span class={styles.none}>Closed</span>}
        {spans.map((span, index) => (
          <span key={index} class={styles.span}>
            {time(index, span, 'from')}
            <span aria-hidden="true">–</span>
            {time(index, span, 'to')}
            {!isReadOnly && (
              <IconButton
                icon={X}
                label={`Remove ${span.from} to ${span.to}, ${day}`}
                onClick={() => onChange(without(spans, index))}
              />
            )}
          </span>
        ))}
        {props.error !== undefined && (
          <div id={errorId}>
            <Problem>{props.error}</Problem>
          </div>
        )}
      </div>
      {!isReadOnly && (
        <span class={styles.dayActs}>
          {spans.length < mostSpans && (
            <IconButton
              icon={Plus}
              label={`Add an opening on ${day}`}
              onClick={() => onChange([...spans, nextSpan(spans)])}
            />
          )}
          <IconButton
            icon={Copy}
            label={`Use the hours of ${day} on every day`}
            onClick={props.onCopyToAll}
          />
        </span>
      )}
    </fieldset>
  )
}

function nextSpan(spans: readonly Span[]): Span {
  const last = spans[spans.length - 1]
  return last === undefined || last.to >= '19:00'
    ? { from: '09:00', to: '18:00' }
    : { from: last.to, to: '20:00' }
}
