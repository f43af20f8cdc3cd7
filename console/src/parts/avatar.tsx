import type { Party } from '@parley/shared/people.ts'
import styles from './avatar.module.css'
import { classes } from './classes.ts'
import { Icon } from './icon.tsx'
import { initials } from './initials.ts'
import { partyIcons } from './party.ts'

export interface AvatarProps {
  name: string
  party: Party
  size?: 20 | 28 | 32 | 36 | 40
  /** The party's icon in the corner; the word must stand near by. */
  hasBadge?: boolean
}

export function Avatar({ name, party, size = 36, hasBadge = true }: AvatarProps) {
  return (
    <span class={classes(styles.avatar, styles[party], styles[`size${size}`])} aria-hidden="true">
      <span class={styles.face}>{initials(name)}</span>
      {hasBadge && (
        <span class={styles.badge}>
          <Icon node={partyIcons[party]} size={10} />
        </span>
      )}
    </span>
  )
}
