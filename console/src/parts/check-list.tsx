import styles from './check-list.module.css'

/** Any number of a few things, ticked. */
export function CheckList<Id extends string>(props: {
  legend: string
  isLegendHidden?: boolean
  options: readonly { id: Id; label: string; title?: string }[]
  chosen: readonly Id[]
  onChange: (chosen: Id[]) => void
}) {
  const { legend, isLegendHidden, options, chosen, onChange } = props
  return (
    <fieldset class={styles.list}>
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
