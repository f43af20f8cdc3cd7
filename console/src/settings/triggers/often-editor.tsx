import type { Rule } from '@parley/shared/triggers/rule.ts'
import { Field, Select } from '../../parts/field.tsx'
import styles from './triggers.module.css'
import { oftenDays } from './words.ts'

const whole = (text: string) => Number.parseInt(text, 10) || 0

/** How often, for how many, and what counts as success. */
export function OftenEditor(props: {
  rule: Rule
  onChange: (rule: Rule) => void
  error: (path: string) => string | undefined
  leave: (path: string) => void
}) {
  const { rule, onChange, error, leave } = props
  const { often, share = { percent: 100, holdOut: 0 }, goal = '' } = rule
  const isKnown = oftenDays.some(({ days }) => days === often.days)

  function putShare(next: NonNullable<Rule['share']>): void {
    const { share: _, ...rest } = rule
    onChange(next.percent === 100 && next.holdOut === 0 ? rest : { ...rest, share: next })
  }
  function putGoal(value: string): void {
    const { goal: _, ...rest } = rule
    onChange(value === '' ? rest : { ...rest, goal: value })
  }

  return (
    <div class={styles.stack}>
      <div class={styles.two}>
        <Field
          label="At most"
          type="number"
          min={1}
          max={20}
          value={often.times}
          error={error('rule.often.times')}
          onBlur={() => leave('rule.often.times')}
          onInput={({ currentTarget: { value } }) =>
            onChange({ ...rule, often: { ...often, times: whole(value) } })
          }
        />
        <Select
          label="times for one person"
          value={often.days}
          onChange={({ currentTarget: { value } }) =>
            onChange({ ...rule, often: { ...often, days: whole(value) } })
          }
        >
          {oftenDays.map(({ days, label }) => (
            <option key={days} value={days}>
              {label}
            </option>
          ))}
          {!isKnown && <option value={often.days}>in {often.days} days</option>}
        </Select>
      </div>
      <div class={styles.two}>
        <Field
          label="Percent of people"
          type="number"
          min={1}
          max={100}
          value={share.percent}
          error={error('rule.share.percent')}
          onInput={({ currentTarget: { value } }) => putShare({ ...share, percent: whole(value) })}
        />
        <Field
          label="Of those held out to compare, percent"
          help="They would have seen it and do not: the difference is what it does."
          type="number"
          min={0}
          max={50}
          value={share.holdOut}
          error={error('rule.share.holdOut')}
          onInput={({ currentTarget: { value } }) => putShare({ ...share, holdOut: whole(value) })}
        />
      </div>
      <Field
        label="Goal, besides a chat"
        help="An event of the page that means success, within 7 days."
        placeholder="order_placed"
        value={goal}
        error={error('rule.goal')}
        onBlur={() => leave('rule.goal')}
        onInput={(event) => putGoal(event.currentTarget.value)}
      />
    </div>
  )
}
