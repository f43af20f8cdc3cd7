import { Plus, Trash2 } from 'lucide'
import type { ComponentChildren } from 'preact'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { IconButton } from '../../parts/icon-button.tsx'
import styles from './rules.module.css'

/** Lines with a name each; what they are called may change, what they are stays. */
export function NamedList<Entry extends { id: string; label: string }>(props: {
  legend: string
  add: string
  entries: readonly Entry[]
  fresh: (id: string) => Entry
  error: (at: number) => string | undefined
  onChange: (entries: Entry[]) => void
  extra?: (entry: Entry, set: (entry: Entry) => void) => ComponentChildren
}) {
  const { entries } = props
  const set = (at: number, entry: Entry) =>
    props.onChange(entries.map((one, index) => (index === at ? entry : one)))
  return (
    <fieldset class={styles.group}>
      <legend>{props.legend}</legend>
      {entries.map((entry, at) => (
        <div key={entry.id} class={styles.row}>
          <Field
            label={`${props.legend}, ${at + 1}`}
            isLabelHidden
            maxLength={120}
            value={entry.label}
            error={props.error(at)}
            onInput={(event) => set(at, { ...entry, label: event.currentTarget.value })}
          />
          {props.extra?.(entry, (next) => set(at, next)) ?? <span />}
          <IconButton
            icon={Trash2}
            label={`Remove ${entry.label || `line ${at + 1}`}`}
            onClick={() => props.onChange(entries.filter((_, index) => index !== at))}
          />
        </div>
      ))}
      <div>
        <Button
          size="s"
          icon={Plus}
          onClick={() => props.onChange([...entries, props.fresh(crypto.randomUUID())])}
        >
          {props.add}
        </Button>
      </div>
    </fieldset>
  )
}
