import type { IconNode } from 'lucide'
import type { ComponentChildren } from 'preact'
import styles from './empty.module.css'
import { Icon } from './icon.tsx'

export interface EmptyProps {
  icon: IconNode
  /** What is true. */
  title: string
  /** Where it stands for a whole page. */
  isPage?: boolean
  /** One fact. */
  children?: ComponentChildren
  /** One act, as buttons. */
  actions?: ComponentChildren
}

export function Empty({ icon, title, isPage = false, children, actions }: EmptyProps) {
  const Title = isPage ? 'h1' : 'p'
  return (
    <div class={styles.empty}>
      <span class={styles.icon}>
        <Icon node={icon} size={18} />
      </span>
      <Title class={styles.title}>{title}</Title>
      {children && <p class={styles.fact}>{children}</p>}
      {actions && <div class={styles.actions}>{actions}</div>}
    </div>
  )
}
