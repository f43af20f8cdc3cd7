import type { IconNode } from 'lucide'
import { h } from 'preact'
import styles from './icon.module.css'

export interface IconProps {
  node: IconNode
  size?: number
  /** Only where the icon stands alone; beside a word it is decoration. */
  label?: string | undefined
  class?: string | undefined
}

export function Icon({ node, size = 16, label, class: className }: IconProps) {
  const naming =
    label === undefined ? { 'aria-hidden': true as const } : { role: 'img' as const, 'aria-label': label }
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: named by aria-label, or hidden as decoration
    <svg
      class={className === undefined ? styles.icon : `${styles.icon} ${className}`}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width={size <= 12 ? 2.25 : 1.9}
      stroke-linecap="round"
      stroke-linejoin="round"
      {...naming}
    >
      {node.map(([tag, attributes], index) => h(tag, { ...attributes, key: index }))}
    </svg>
  )
}
