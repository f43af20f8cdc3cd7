import type { ComponentChildren } from 'preact'
import { classes } from '../../parts/classes.ts'
import styles from './rows.module.css'

/** A list of things with their state and what can be done to them; it wraps instead of scrolling sideways. */
export function Rows({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <ul class={styles.rows} aria-label={label}>
      {children}
    </ul>
  )
}

export function Row(props: {
  lead?: ComponentChildren
  title: ComponentChildren
  detail?: ComponentChildren
  /** Tags and short facts. */
  state?: ComponentChildren
  actions?: ComponentChildren
}) {
  return (
    <li class={styles.row}>
      {props.lead && <span class={styles.lead}>{props.lead}</span>}
      <span class={styles.words}>
        <span class={styles.title}>{props.title}</span>
        {props.detail && <span class={styles.detail}>{props.detail}</span>}
      </span>
      {props.state && <span class={styles.state}>{props.state}</span>}
      {props.actions && <span class={styles.actions}>{props.actions}</span>}
    </li>
  )
}

export function Tag({
  tone = 'plain',
  children,
}: {
  tone?: 'plain' | 'good' | 'warn' | 'bad'
  children: ComponentChildren
}) {
  return <span class={classes(styles.tag, styles[tone])}>{children}</span>
}
