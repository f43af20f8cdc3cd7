import type { IconNode } from 'lucide'
import type { ComponentProps } from 'preact'
import styles from './button.module.css'
import { classes } from './classes.ts'
import { Icon } from './icon.tsx'
import { ariaKeys, Kbd } from './kbd.tsx'

export interface ButtonProps extends ComponentProps<'button'> {
  /** One `primary` per place; `danger` names the act and comes last. */
  variant?: 'primary' | 'plain' | 'quiet' | 'danger'
  size?: 'm' | 's'
  icon?: IconNode | undefined
  /** Keeps its width, cannot be pressed twice. */
  isBusy?: boolean
  /** Shown inside, so that people learn it. */
  shortcut?: string | undefined
}

export function Button(props: ButtonProps) {
  const {
    variant = 'plain',
    size = 'm',
    icon,
    isBusy = false,
    shortcut,
    class: className,
    children,
    ...rest
  } = props
  const given = typeof className === 'string' ? className : undefined
  return (
    <button
      type="button"
      {...rest}
      class={classes(styles.button, styles[variant], size === 's' && styles.small, given)}
      aria-keyshortcuts={shortcut === undefined ? undefined : ariaKeys(shortcut)}
      aria-busy={isBusy || undefined}
      disabled={isBusy || rest.disabled}
    >
      {icon && <Icon node={icon} size={size === 's' ? 14 : 16} />}
      <span class={styles.words}>{children}</span>
      {shortcut && <Kbd keys={shortcut} isInverse={variant === 'primary'} isDecoration />}
    </button>
  )
}
