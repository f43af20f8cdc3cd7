import type { IconNode } from 'lucide'
import type { ComponentChildren } from 'preact'
import styles from './empty.module.css'
import { Icon } from './icon.tsx'

export interface EmptyProps {
  icon: IconNode
  /** What is true. */
  title: string
  /** One fact. */
  children?: ComponentChildren
  /** One act, as buttons. */
  actions?: ComponentChildren
}

export function Empty({ icon, title, children, actions }: EmptyProps) {
  return (
    <div class={styles.empty}>
      <span class={styles.icon}>
        <Icon node={icon} size={18} />
      </span>
      <p class={styles.title}>{title}</p>
      {children && <p class={styles.fact}>{children}</p>}
      {actions && <div class={styles.actions}>{actions}</div>}
    </div>
  )
}
