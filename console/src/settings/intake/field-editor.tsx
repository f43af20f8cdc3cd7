import type { IntakeField } from '@parley/shared/protocol/reading.ts'
import type { Topic } from '@parley/shared/protocol/settings.ts'
import { ArrowDown, ArrowUp, ChevronDown, ChevronRight, Trash2, TriangleAlert } from 'lucide'
import { Icon } from '../../parts/icon.tsx'
import { IconButton } from '../../parts/icon-button.tsx'
import { FieldDetails } from './field-details.tsx'
import { factsOf } from './field-words.ts'
import styles from './intake.module.css'

export interface FieldEditorProps {
  field: IntakeField
  index: number
  count: number
  path: string
  topics: readonly Topic[]
  isOpen: boolean
  isReadOnly: boolean
  error: (path: string) => string | undefined
  leave: (path: string) => void
  onToggle: () => void
  onMove: (to: number) => void
  onRemove: () => void
  onChange: (field: IntakeField) => void
}

/** One question: a line that says what it asks, and everything about it when it is opened. */
export function FieldEditor(props: FieldEditorProps) {
  const { field, index, count, isReadOnly } = props
  const name = field.label.trim() === '' ? 'New question' : field.label
  const isWrong = ['label', 'type', 'choices', 'help', 'id'].some(
    (part) => props.error(`${props.path}.${part}`) !== undefined,
  )

  // Readers cannot press buttons of a form they may not change: for them everything stands open.
  const isOpen = props.isOpen || isWrong || isReadOnly

  function onKeyDown(event: KeyboardEvent): void {
    if (!event.altKey || isReadOnly) return
    if (event.key === 'ArrowUp') props.onMove(index - 1)
    else if (event.key === 'ArrowDown') props.onMove(index + 1)
    else return
    event.preventDefault()
  }

  return (
    <li class={styles.field} data-field={field.id}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys repeat what its buttons do */}
      <div class={styles.line} onKeyDown={onKeyDown}>
        <span class={styles.number}>{index + 1}</span>
        <button
          type="button"
          class={styles.open}
          data-act="open"
          aria-expanded={isOpen}
          onClick={props.onToggle}
        >
          <Icon node={isOpen ? ChevronDown : ChevronRight} size={16} />
          <span class={styles.words}>
            <span class={styles.name}>
              {name}
              {isWrong && (
                <span class={styles.wrong}>
                  <Icon node={TriangleAlert} size={14} label="Something is wrong here" />
                </span>
              )}
            </span>
            <span class={styles.facts}>{factsOf(field)}</span>
          </span>
        </button>
        {!isReadOnly && (
          <span class={styles.acts}>
            <IconButton
              icon={ArrowUp}
              label={`Move ${name} up`}
              shortcut="Alt ↑"
              data-act="up"
              aria-disabled={index === 0 || undefined}
              onClick={() => props.onMove(index - 1)}
            />
            <IconButton
              icon={ArrowDown}
              label={`Move ${name} down`}
              shortcut="Alt ↓"
              data-act="down"
              aria-disabled={index === count - 1 || undefined}
              onClick={() => props.onMove(index + 1)}
            />
            <IconButton icon={Trash2} label={`Remove ${name}`} onClick={props.onRemove} />
          </span>
        )}
      </div>
      {isOpen && <FieldDetails {...props} />}
    </li>
  )
}
