import { Plus } from 'lucide'
import { useState } from 'preact/hooks'
import { Button } from '../../parts/button.tsx'
import { classes } from '../../parts/classes.ts'
import { Field } from '../../parts/field.tsx'
import styles from './add-one.module.css'

/** A field whose value goes into the list above it, by Enter or by the button. */
export function AddOne(props: {
  label: string
  placeholder?: string
  isDate?: boolean
  /** What is wrong with it, or null when it was taken. */
  onAdd: (typed: string) => string | null
}) {
  const { label, placeholder, isDate, onAdd } = props
  const [typed, setTyped] = useState('')
  const [error, setError] = useState<string | null>(null)
  function add(): void {
    const wrong = onAdd(typed)
    setError(wrong)
    if (wrong === null) setTyped('')
  }
  return (
    <div class={classes(styles.add, isDate && styles.short)}>
      <Field
        label={label}
        {...(isDate ? { type: 'date' } : { type: 'text', inputMode: 'url' })}
        placeholder={placeholder}
        spellcheck={false}
        value={typed}
        error={error}
        onInput={(event) => {
          setTyped(event.currentTarget.value)
          setError(null)
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          add()
        }}
      />
      <Button icon={Plus} class={styles.button ?? ''} onClick={add}>
        Add
      </Button>
    </div>
  )
}
