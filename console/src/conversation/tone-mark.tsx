import type { MessageTone } from '@parley/shared/protocol/tone.ts'
import { Frown, Meh } from 'lucide'
import { useId, useState } from 'preact/hooks'
import { classes } from '../parts/classes.ts'
import { Icon } from '../parts/icon.tsx'
import styles from './tone-mark.module.css'
import { reasonsSaid, toneWord } from './tone-words.ts'

/** Under a message that does not sound calm; what says so shows on hover, on focus and, by a press, for longer. */
export function ToneMark({ tone: { level, reasons } }: { tone: MessageTone }) {
  const [isPinned, setPinned] = useState(false)
  const id = useId()
  if (level === 'calm') return null
  return (
    <button
      type="button"
      class={classes(styles.mark, isPinned && styles.pinned)}
      aria-pressed={isPinned}
      aria-label={`Tone: ${toneWord(level)}`}
      aria-describedby={reasons.length > 0 ? id : undefined}
      onClick={() => setPinned(!isPinned)}
    >
      <Icon node={level === 'upset' ? Frown : Meh} size={12} />
      {toneWord(level)}
      {reasons.length > 0 && (
        <span id={id} class={styles.reasons}>
          {reasonsSaid(reasons)}
        </span>
      )}
    </button>
  )
}
