import { useMemo } from 'preact/hooks'
import { qrCode, qrPath } from './qr-code.ts'
import styles from './qr-picture.module.css'

const quiet = 4

/** Always dark on white with its quiet zone, in dark mode too: many cameras read nothing else. */
export function QrPicture({ text, label }: { text: string; label: string }) {
  const rows = useMemo(() => qrCode(text), [text])
  if (rows === undefined)
    return <p class={styles.tooLong}>The address is too long for a picture. Copy it as text.</p>
  const size = rows.length + 2 * quiet
  return (
    <svg class={styles.picture} viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <rect width={size} height={size} fill="#ffffff" />
      <path
        d={qrPath(rows)}
        transform={`translate(${quiet} ${quiet})`}
        fill="#000000"
        shape-rendering="crispEdges"
      />
    </svg>
  )
}
