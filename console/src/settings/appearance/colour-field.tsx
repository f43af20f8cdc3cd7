import { Check, TriangleAlert } from 'lucide'
import { classes } from '../../parts/classes.ts'
import { Field } from '../../parts/field.tsx'
import { Icon } from '../../parts/icon.tsx'
import styles from './colour-field.module.css'
import { asHexColour, isHexColour, judgeColour } from './contrast.ts'

/** The colour as a picker and as text, with what its contrast means. */
export function ColourField(props: {
  colour: string
  error: string | undefined
  isReadOnly: boolean
  onChange: (colour: string) => void
  onLeave: () => void
}) {
  const { colour, onChange } = props
  const verdict = isHexColour(colour) ? judgeColour(colour) : undefined
  return (
    <div class={styles.colour}>
      <div class={styles.fields}>
        <Field
          label="Colour"
          spellcheck={false}
          maxLength={7}
          value={colour}
          error={props.error}
          onInput={(event) => onChange(event.currentTarget.value)}
          onBlur={() => {
            const complete = asHexColour(colour)
            if (complete !== colour) onChange(complete)
            props.onLeave()
          }}
        />
        <input
          type="color"
          class={styles.picker}
          aria-label="Pick a colour"
          value={verdict === undefined ? '#000000' : colour}
          disabled={props.isReadOnly}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
      </div>
      {verdict !== undefined && (
        <ul class={styles.verdicts} aria-label="Contrast">
          <Verdict isClear={verdict.isTextClear} words={verdict.text} />
          <Verdict isClear={verdict.isLauncherClear} words={verdict.launcher} />
        </ul>
      )}
    </div>
  )
}

function Verdict({ isClear, words }: { isClear: boolean; words: string }) {
  return (
    <li class={classes(styles.verdict, isClear ? styles.clear : styles.unclear)}>
      <Icon node={isClear ? Check : TriangleAlert} size={14} />
      {words}
    </li>
  )
}
