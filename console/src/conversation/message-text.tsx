import styles from './message-text.module.css'
import { piecesOf } from './safe-text.ts'

/** Text as it was written: every piece becomes a node, addresses become links, nothing is read as HTML. */
export function MessageText({ text }: { text: string }) {
  return (
    <p class={styles.text} dir="auto">
      {piecesOf(text).map((piece, index) =>
        piece.kind === 'text' ? (
          piece.text
        ) : (
          <a
            key={`${index}`}
            href={piece.href}
            target="_blank"
            rel="noopener noreferrer nofollow ugc"
            title={piece.host}
          >
            {piece.text}
          </a>
        ),
      )}
    </p>
  )
}
