import { useState } from 'preact/hooks'
import { Field } from '../parts/field.tsx'

interface Props<Value> {
  label: string
  help?: string
  value: Value
  error?: string | undefined
  onChange: (value: Value) => void
}

/** What is no number stays as it was typed and is checked as none. */
export function NumberField({ value, onChange, ...rest }: Props<number>) {
  const [typed, setTyped] = useState(Number.isNaN(value) ? '' : String(value))
  return (
    <Field
      {...rest}
      inputMode="decimal"
      maxLength={7}
      value={typed}
      onInput={(event) => {
        setTyped(event.currentTarget.value)
        onChange(numberIn(event.currentTarget.value))
      }}
    />
  )
}

/** Left empty it is not set. */
export function NumberOrNone({ value, onChange, ...rest }: Props<number | null>) {
  const [typed, setTyped] = useState(value === null ? '' : String(value))
  const isSame = value === null ? typed.trim() === '' : Object.is(numberIn(typed), value)
  return (
    <Field
      {...rest}
      inputMode="decimal"
      maxLength={7}
      value={isSame ? typed : value === null ? '' : String(value)}
      onInput={(event) => {
        setTyped(event.currentTarget.value)
        onChange(event.currentTarget.value.trim() === '' ? null : numberIn(event.currentTarget.value))
      }}
    />
  )
}

function numberIn(typed: string): number {
  return typed.trim() === '' ? Number.NaN : Number(typed.trim().replace(',', '.'))
}
