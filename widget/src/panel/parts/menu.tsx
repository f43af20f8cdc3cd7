import { useEffect, useRef, useState } from 'preact/hooks'
import { say } from '../../i18n/words.ts'
import { Glyph } from './glyph.tsx'

export interface Entry {
  text: string
  run: () => void
}

export function Menu({ entries }: { entries: Entry[] }) {
  const [isOpen, setOpen] = useState(false)
  const place = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)

  useEffect(() => {
    if (!isOpen) return
    place.current?.querySelector<HTMLElement>('[role=menuitem]')?.focus()
    const away = (event: Event) => {
      if (!place.current?.contains(event.target as Node)) setOpen(false)
    }
    addEventListener('pointerdown', away)
    return () => removeEventListener('pointerdown', away)
  }, [isOpen])

  function onKeyDown(event: KeyboardEvent): void {
    if (!isOpen) return
    const items = [...(place.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])]
    const at = items.indexOf(document.activeElement as HTMLElement)
    if (event.key === 'Escape') {
      event.preventDefault()
      setOpen(false)
      button.current?.focus()
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      items.at((at + (event.key === 'ArrowDown' ? 1 : -1)) % items.length)?.focus()
    } else if (event.key === 'Tab') setOpen(false)
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the menu inside are heard here
    <div ref={place} class="menu-place" onKeyDown={onKeyDown}>
      <button
        ref={button}
        type="button"
        class="round"
        aria-label={say('menu')}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Glyph name="more" />
      </button>
      {isOpen && (
        <div class="menu" role="menu">
          {entries.map(({ text, run }) => (
            <button
              key={text}
              type="button"
              role="menuitem"
              tabIndex={-1}
              onClick={() => {
                setOpen(false)
                button.current?.focus()
                run()
              }}
            >
              {text}
            </button>
          ))}
        </div>
      )}
    </div>
  )
}
