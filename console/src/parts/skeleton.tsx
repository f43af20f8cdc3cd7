import styles from './skeleton.module.css'

/** Grey bars in the final shape; they appear after 300 ms, so that a quick answer never blinks. */
export function Skeleton({ lines = 2, hasFace = false }: { lines?: number; hasFace?: boolean }) {
  return (
    <div class={styles.skeleton} aria-hidden="true">
      {hasFace && <span class={styles.face} />}
      <span class={styles.lines}>
        {Array.from({ length: lines }, (_, index) => (
          <span key={index} class={styles.line} />
        ))}
      </span>
    </div>
  )
}
