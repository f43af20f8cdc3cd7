import { useState } from 'preact/hooks'
import { Dialog } from '../parts/dialog.tsx'
import { Field } from '../parts/field.tsx'
import { Kbd } from '../parts/kbd.tsx'
import { Switch } from '../parts/switch.tsx'
import { preferences } from '../preferences.ts'
import { openPanel } from './open-panels.ts'
import styles from './shortcut-sheet.module.css'
import { type Shortcut, type ShortcutId, shortcuts, shownKeys } from './shortcuts.ts'

const sections: Shortcut['section'][] = ['Move', 'Conversation', 'Moderation', 'Composer', 'Go to']

export function ShortcutSheet() {
  const isOpen = openPanel.value === 'shortcuts'
  return (
    <Dialog
      title="Keyboard shortcuts"
      width={640}
      isOpen={isOpen}
      onClose={() => {
        if (openPanel.peek() === 'shortcuts') openPanel.value = null
      }}
      footer={
        <div class={styles.foot}>
          <Switch
            label="Single-letter shortcuts"
            help="They never fire while you are typing"
            isOn={preferences.hasLetterShortcuts.current.value}
            onChange={preferences.hasLetterShortcuts.choose}
          />
        </div>
      }
    >
      <Sheet />
    </Dialog>
  )
}

function Sheet() {
  const [wanted, setWanted] = useState('')
  const all = Object.entries(shortcuts) as [ShortcutId, Shortcut][]
  const found = all.filter(([, { label }]) => label.toLowerCase().includes(wanted.trim().toLowerCase()))
  return (
    <div class={styles.sheet}>
      <Field
        label="Find a shortcut"
        isLabelHidden
        type="search"
        placeholder="Find a shortcut"
        data-focus-first
        value={wanted}
        onInput={(event) => setWanted(event.currentTarget.value)}
      />
      {found.length === 0 && <p>No shortcut matches “{wanted}”.</p>}
      <div class={styles.sections}>
        {sections.map((section) => {
          const lines = found.filter(([, shortcut]) => shortcut.section === section)
          if (lines.length === 0) return null
          return (
            <section key={section} class={styles.section}>
              <h3>{section}</h3>
              <dl>
                {lines.map(([id, shortcut]) => (
                  <div key={id} class={styles.line}>
                    <dt>{shortcut.label}</dt>
                    <dd>
                      <Kbd keys={shownKeys(id)} isAlways />
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          )
        })}
      </div>
    </div>
  )
}
