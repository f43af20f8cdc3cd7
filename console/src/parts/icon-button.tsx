import type { IconNode } from 'lucide'
import type { ComponentProps } from 'preact'
import { classes } from './classes.ts'
import { Icon } from './icon.tsx'
import styles from './icon-button.module.css'

export interface IconButtonProps extends ComponentProps<'button'> {
  icon: IconNode
  /** The accessible name, and the tooltip. */
  label: string
  /** Named in the tooltip only. */
  shortcut?: string | undefined
  iconSize?: number
  isPressed?: boolean | undefined
}

export function IconButton(props: IconButtonProps) {
  const { icon, label, shortcut, iconSize = 18, isPressed, class: className, ...rest } = props
  const given = typeof className === 'string' ? className : undefined
  return (
    <button
      type="button"
      {...rest}
      class={classes(styles.button, given)}
      aria-label={label}
      aria-pressed={isPressed}
      title={shortcut === undefined ? label : `${label} (${shortcut})`}
    >
      <Icon node={icon} size={iconSize} />
    </button>
  )
}
