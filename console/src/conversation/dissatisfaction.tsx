import type { DissatisfactionTrend } from '@parley/shared/protocol/tone.ts'
import styles from './dissatisfaction.module.css'
import { sparkline } from './sparkline.ts'
import { dissatisfactionSentence, dissatisfactionWord } from './tone-words.ts'

const box = { width: 56, height: 20, inset: 3 }

/** The word and, beside it, how it came to that: dashed is the middle, the dot is now. */
export function Dissatisfaction({ of }: { of: DissatisfactionTrend }) {
  const line = sparkline(
    of.points.map(({ estimate }) => estimate),
    box,
  )
  return (
    <span class={styles.dissatisfaction} title={dissatisfactionSentence(of)}>
      <span>{dissatisfactionWord(of)}</span>
      {line && (
        <svg
          class={styles.line}
          width={box.width}
          height={box.height}
          viewBox={`0 0 ${box.width} ${box.height}`}
          aria-hidden="true"
        >
          <path class={styles.middle} d={`M0 ${line.middle}H${box.width}`} />
          <path class={styles.path} d={line.path} />
          <circle class={styles.now} cx={line.last.x} cy={line.last.y} r="2.5" />
        </svg>
      )}
    </span>
  )
}
