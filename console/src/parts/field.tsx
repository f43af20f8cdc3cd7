import { TriangleAlert } from 'lucide'
import type { ComponentChildren, ComponentProps } from 'preact'
import { useId } from 'preact/hooks'
import { classes } from './classes.ts'
import styles from './field.module.css'
import { Icon } from './icon.tsx'

interface FieldFrame {
  label: string
  /** Label for assistive technology only, where the place names the field. */
  isLabelHidden?: boolean
  help?: ComponentChildren
  error?: string | null | undefined
}

export type FieldProps = FieldFrame & {
  /** A small control inside the field at its end, such as “show password”. */
  end?: ComponentChildren
} & ComponentProps<'input'>
export type TextAreaProps = FieldFrame & ComponentProps<'textarea'>
export type SelectProps = FieldFrame & ComponentProps<'select'>

export function Field(props: FieldProps) {
  const { label, isLabelHidden, help, error, end, id, class: _, ...rest } = props
  const frame = useFrame({ label, isLabelHidden: isLabelHidden ?? false, help, error }, asText(id))
  return (
    <div class={styles.field}>
      {frame.head}
      <div class={styles.box}>
        <input
          {...rest}
          {...frame.wiring}
          class={classes(styles.control, end !== undefined && styles.withEnd)}
        />
        {end !== undefined && <div class={styles.end}>{end}</div>}
      </div>
      {frame.foot}
    </div>
  )
}

export function TextArea(props: TextAreaProps) {
  const { label, isLabelHidden, help, error, id, class: _, ...rest } = props
  const frame = useFrame({ label, isLabelHidden: isLabelHidden ?? false, help, error }, asText(id))
  return (
    <div class={styles.field}>
      {frame.head}
      <textarea rows={4} {...rest} {...frame.wiring} class={classes(styles.control, styles.area)} />
      {frame.foot}
    </div>
  )
}

export function Select(props: SelectProps) {
  const { label, isLabelHidden, help, error, id, class: _, children, ...rest } = props
  const frame = useFrame({ label, isLabelHidden: isLabelHidden ?? false, help, error }, asText(id))
  return (
    <div class={styles.field}>
      {frame.head}
      <select {...rest} {...frame.wiring} class={classes(styles.control, styles.select)}>
        {children}
      </select>
      {frame.foot}
    </div>
  )
}

function useFrame({ label, isLabelHidden, help, error }: FieldFrame, given: string | undefined) {
  const made = useId()
  const fieldId = given ?? made
  const helpId = `${fieldId}-help`
  const errorId = `${fieldId}-error`
  const hasError = typeof error === 'string' && error !== ''
  const describedBy = [help !== undefined && helpId, hasError && errorId].filter(Boolean).join(' ')
  return {
    wiring: {
      id: fieldId,
      'aria-invalid': hasError || undefined,
      'aria-describedby': describedBy === '' ? undefined : describedBy,
    },
    head: (
      <label for={fieldId} class={isLabelHidden ? 'visually-hidden' : styles.label}>
        {label}
      </label>
    ),
    foot: (
      <>
        {help !== undefined && (
          <p id={helpId} class={styles.help}>
            {help}
          </p>
        )}
        {hasError && (
          <p id={errorId} class={styles.error}>
            <Icon node={TriangleAlert} size={14} />
            {error}
          </p>
        )}
      </>
    ),
  }
}

function asText(id: unknown): string | undefined {
  return typeof id === 'string' ? id : undefined
}
