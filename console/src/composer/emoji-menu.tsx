import { Smile } from 'lucide'
import { useId, useState } from 'preact/hooks'
import { IconButton } from '../parts/icon-button.tsx'
import { usePopover } from '../parts/use-popover.ts'
import { findEmoji } from './emoji.ts'
import styles from './emoji-menu.module.css'

const columns = 8

export function EmojiMenu({ onChoose }: { onChoose: (sign: string) => void }) {
  const id = useId()
  const { panel, isOpen, toggle, close, onBeforeToggle } = usePopover('start', (node) =>
    node.querySelector('input')?.focus(),
  )
  const [words, setWords] = useState('')
  const found = findEmoji(words)

  function move(event: KeyboardEvent) {
    const signs = [...(panel.current?.querySelectorAll<HTMLElement>('[data-sign]') ?? [])]
    const at = signs.indexOf(document.activeElement as HTMLElement)
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key]
    if (step === undefined || (at < 0 && event.key !== 'ArrowDown')) return
    event.preventDefault()
    signs[at < 0 ? 0 : Math.max(0, Math.min(signs.length - 1, at + step))]?.focus()
  }

  return (
    <>
      <IconButton
        icon={Smile}
        label="Emoji"
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={toggle}
      />
      <div
        ref={panel}
        id={id}
        popover="auto"
        role="dialog"
        aria-label="Emoji"
        class={styles.panel}
        onKeyDown={move}
        onBeforeToggle={onBeforeToggle}
      >
        {isOpen && (
          <>
            <input
              type="search"
              class={styles.search}
              aria-label="Find an emoji"
              placeholder="Find an emoji"
              value={words}
              onInput={(event) => setWords(event.currentTarget.value)}
            />
            <div class={styles.grid}>
              {found.map(([sign, known]) => (
                <button
                  key={sign}
                  type="button"
                  data-sign={sign}
                  class={styles.sign}
                  aria-label={known}
                  title={known}
                  onClick={() => {
                    close()
                    onChoose(sign)
                  }}
                >
                  {sign}
                </button>
              ))}
            </div>
            {found.length === 0 && <p class={styles.none}>No emoji for “{words}”.</p>}
          </>
        )}
      </div>
    </>
  )
}
