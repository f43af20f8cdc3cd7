import type { ComponentChildren } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { classes } from '../parts/classes.ts'
import { Kbd } from '../parts/kbd.tsx'
import styles from './suggestions.module.css'

export interface Suggestion {
  key: string
  title: ComponentChildren
  end?: string
  preview?: string
}

export interface SuggestionsProps {
  id: string
  heading: string
  list: readonly Suggestion[]
  chosen: number
  onChoose: (index: number) => void
}

/** Canned replies and names, above the composer; the keys stay in the text. */
export function Suggestions({ id, heading, list, chosen, onChoose }: SuggestionsProps) {
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    box.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  return (
    <div class={styles.panel}>
      <div class={styles.head}>
        <span>{heading}</span>
        <span class={styles.keys} aria-hidden="true">
          <Kbd keys="↑+↓" isDecoration /> choose <Kbd keys="↵" isDecoration /> insert
        </span>
      </div>
      <div ref={box} id={id} role="listbox" aria-label={heading} class={styles.list} tabIndex={-1}>
        {list.map((suggestion, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the text field has the focus and takes the keys
          // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the text field
          <div
            key={suggestion.key}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === chosen}
            class={classes(styles.option, index === chosen && styles.chosen)}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onChoose(index)}
          >
            <span class={styles.line}>
              <span class={styles.title}>{suggestion.title}</span>
              {suggestion.end !== undefined && <span class={styles.end}>{suggestion.end}</span>}
            </span>
            {index === chosen && suggestion.preview !== undefined && (
              <span class={styles.preview}>{suggestion.preview}</span>
            )}
          </div>
        ))}
      </div>
    </div>
  )
}
