import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import styles from './switch.module.css'

export interface SwitchProps {
  label: string
  /** Label for assistive technology only, where the place names the switch. */
  isLabelHidden?: boolean
  isOn: boolean
  onChange: (isOn: boolean) => void
  help?: ComponentChildren
  disabled?: boolean | undefined
}

export function Switch({ label, isLabelHidden, isOn, onChange, help, disabled }: SwitchProps) {
  const id = useId()
  return (
    <div class={styles.row}>
      <span class={styles.words}>
        <label for={id} class={isLabelHidden ? 'visually-hidden' : styles.label}>
          {label}
        </label>
        {help !== undefined && (
          <span id={`${id}-help`} class={styles.help}>
            {help}
          </span>
        )}
      </span>
      <input
        id={id}
        type="checkbox"
        role="switch"
        aria-checked={isOn}
        class={styles.switch}
        checked={isOn}
        disabled={disabled}
        aria-describedby={help === undefined ? undefined : `${id}-help`}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    </div>
  )
}
