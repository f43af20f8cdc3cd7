import { TriangleAlert } from 'lucide'
import { Avatar } from '../parts/avatar.tsx'
import { classes } from '../parts/classes.ts'
import { Icon } from '../parts/icon.tsx'
import styles from './colleagues-line.module.css'
import { colleaguesWords } from './colleagues-words.ts'
import type { Viewer, ViewingMode } from './use-colleagues.ts'

export interface ColleaguesLineProps {
  viewers: readonly Viewer[]
  ownMode: ViewingMode
  party: 'support' | 'vendor'
}

export function ColleaguesLine({ viewers, ownMode, party }: ColleaguesLineProps) {
  const said = colleaguesWords(viewers, ownMode)
  return (
    <div class={classes(styles.line, said?.isWarning && styles.warning)} role="status">
      {said !== null && (
        <>
          {said.isWarning ? (
            <Icon node={TriangleAlert} size={16} />
          ) : (
            <Avatar name={said.lead} party={party} size={20} hasBadge={false} />
          )}
          {said.text}
        </>
      )}
    </div>
  )
}
