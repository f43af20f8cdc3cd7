import { Pencil } from 'lucide'
import type { ComponentChildren } from 'preact'
import { useRef, useState } from 'preact/hooks'
import { classes } from '../parts/classes.ts'
import { Field } from '../parts/field.tsx'
import { IconButton } from '../parts/icon-button.tsx'
import { Kbd } from '../parts/kbd.tsx'
import styles from './key-list.module.css'
import { shownOf } from './key-press.ts'
import { KeyRecorder } from './key-recorder.tsx'
import { hasOwnKeys, keysOf, workingKeysOf } from './own-keys.ts'
import { ownKeyboard } from './save-keyboard.ts'
import { isFixed, type Shortcut, type ShortcutId, shortcutIds, shortcuts } from './shortcuts.ts'

/** Two columns that stay as they are: a line that opens must not send others across. */
const columns: Shortcut['section'][][] = [
  ['Move', 'Conversation'],
  ['Moderation', 'Composer', 'Go to'],
]

/** Every shortcut with its keys, to find and to change. */
export function KeyList() {
  const [wanted, setWanted] = useState('')
  const [changing, setChanging] = useState<ShortcutId | null>(null)
  const [said, setSaid] = useState('')
  const list = useRef<HTMLDivElement>(null)
  const words = wanted.trim().toLowerCase()
  const found = shortcutIds.filter((id) => shortcuts[id].label.toLowerCase().includes(words))

  function close(id: ShortcutId, saidAloud: string): void {
    setChanging(null)
    setSaid(saidAloud)
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>(`[data-change="${id}"]`)?.focus())
  }

  return (
    <div class={styles.list} ref={list}>
      <Field
        label="Find a shortcut"
        isLabelHidden
        type="search"
        placeholder="Find a shortcut"
        data-focus-first
        value={wanted}
        onInput={(event) => setWanted(event.currentTarget.value)}
      />
      <p class="visually-hidden" role="status">
        {said}
      </p>
      {found.length === 0 && <p>No shortcut matches “{wanted}”.</p>}
      <div class={styles.columns}>
        {columns.map((sections) => (
          <div key={sections[0]} class={styles.column}>
            {sections.map((section) => (
              <Section
                key={section}
                heading={section}
                ids={found.filter((id) => shortcuts[id].section === section)}
              >
                {(id) => (
                  <Line
                    key={id}
                    id={id}
                    isChanging={changing === id}
                    onChange={() => setChanging(changing === id ? null : id)}
                    onClose={(saidAloud) => close(id, saidAloud)}
                  />
                )}
              </Section>
            ))}
          </div>
        ))}
      </div>
    </div>
  )
}

function Section(props: {
  heading: string
  ids: readonly ShortcutId[]
  children: (id: ShortcutId) => ComponentChildren
}) {
  if (props.ids.length === 0) return null
  return (
    <section class={styles.section}>
      <h3>{props.heading}</h3>
      <dl>{props.ids.map(props.children)}</dl>
    </section>
  )
}

function Line(props: {
  id: ShortcutId
  isChanging: boolean
  onChange: () => void
  onClose: (saidAloud: string) => void
}) {
  const { id, isChanging, onChange, onClose } = props
  const keyboard = ownKeyboard()
  const all = keysOf(id, keyboard)
  const working = workingKeysOf(id, keyboard)
  const shown = working.length > 0 ? working : all
  return (
    <div class={classes(styles.line, isChanging && styles.open)}>
      <dt>{shortcuts[id].label}</dt>
      <dd class={working.length === 0 ? styles.off : undefined}>
        {all.length === 0 && 'Off'}
        {shown.slice(0, 2).map((keys) => (
          <Kbd key={keys} keys={shownOf(keys)} isAlways />
        ))}
        {hasOwnKeys(id, keyboard) && (
          <span class={styles.own} title="Your own keys">
            <span class="visually-hidden">, your own keys</span>
          </span>
        )}
        {!isFixed(id) && (
          <IconButton
            icon={Pencil}
            iconSize={14}
            class={styles.change}
            label={`Change the keys of ${shortcuts[id].label}`}
            aria-expanded={isChanging}
            data-change={id}
            onClick={onChange}
          />
        )}
      </dd>
      {isChanging && (
        <dd class={styles.below}>
          <KeyRecorder id={id} onClose={onClose} />
        </dd>
      )}
    </div>
  )
}
