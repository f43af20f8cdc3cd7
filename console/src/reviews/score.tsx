import { Star } from 'lucide'
import { classes } from '../parts/classes.ts'
import { Icon } from '../parts/icon.tsx'
import styles from './score.module.css'

/** Points of 100; a colour says the same as the number. */
export function Score({ score, isLarge = false }: { score: number | null; isLarge?: boolean }) {
  if (score === null) return null
  const tone = score >= 80 ? styles.good : score >= 50 ? styles.fair : styles.poor
  return (
    <span class={classes(styles.score, tone, isLarge && styles.large)}>
      {score}
      <span class="visually-hidden"> of 100 points</span>
    </span>
  )
}

export function Stars({ stars }: { stars: number | null }) {
  if (stars === null) return null
  return (
    <span class={styles.stars}>
      {stars}
      <Icon node={Star} size={12} />
      <span class="visually-hidden">of 5 stars by the customer</span>
    </span>
  )
}
