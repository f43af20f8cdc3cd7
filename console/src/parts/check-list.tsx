import styles from './check-list.module.css'
import { classes } from './classes.ts'

/** More than this would push everything else out of sight. */
const long = 20

/** Any number of things, ticked. */
export function CheckList<Id extends string>(props: {
  legend: string
  isLegendHidden?: boolean
  options: readonly { id: Id; label: string; title?: string }[]
  chosen: readonly Id[]
  onChange: (chosen: Id[]) => void
}) {
  const { legend, isLegendHidden, options, chosen, onChange } = props
  return (
    <fieldset class={classes(styles.list, options.length > long && styles.long)}>
      <legend class={isLegendHidden ? 'visually-hidden' : undefined}>{legend}</legend>
      {options.map(({ id, label, title }) => (
        <label key={id}>
          <input
            type="checkbox"
            checked={chosen.includes(id)}
            onChange={(event) =>
              onChange(event.currentTarget.checked ? [...chosen, id] : chosen.filter((one) => one !== id))
            }
          />
          <span title={title}>{label}</span>
        </label>
      ))}
    </fieldset>
  )
}
