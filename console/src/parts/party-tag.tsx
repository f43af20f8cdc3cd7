import type { Party } from '@parley/shared/people.ts'
import { classes } from './classes.ts'
import { Icon } from './icon.tsx'
import { partyIcons, partyWords } from './party.ts'
import styles from './party-tag.module.css'

export function PartyTag({ party }: { party: Party }) {
  return (
    <span class={classes(styles.tag, styles[party])}>
      <Icon node={partyIcons[party]} size={12} />
      {partyWords[party]}
    </span>
  )
}
