import type { TriggerSettings } from '@parley/shared/protocol/triggers.ts'
import { conditionWords } from '@parley/shared/triggers/describe-rule.ts'
import type { Condition, Fact } from '@parley/shared/triggers/rule.ts'
import { numberFacts } from '@parley/shared/triggers/rule.ts'
import { Plus, X } from 'lucide'
import { Button } from '../../parts/button.tsx'
import { Field, Select } from '../../parts/field.tsx'
import { IconButton } from '../../parts/icon-button.tsx'
import { replaced, without } from '../parts/reorder.ts'
import { type ConditionLine, flatten, unflatten } from './flat-condition.ts'
import styles from './triggers.module.css'
import { factWords, fixedValues } from './words.ts'

const kinds = Object.keys(factWords) as ConditionLine['of'][]
const amountOf = (text: string) => (text.trim() === '' ? undefined : Number(text))

/** Lines joined by all or any; what is nested deeper is told in words and changed as YAML. */
export function ConditionsEditor(props: {
  condition: Condition | undefined
  segments: TriggerSettings['segments']
  onChange: (condition: Condition | undefined) => void
  problem?: string | undefined
}) {
  const { condition, segments, onChange, problem } = props
  const flat = flatten(condition)
  if (!flat)
    return (
      <p class={styles.nested}>
        {condition &&
          conditionWords(condition, Object.fromEntries(segments.map((one) => [one.id, one.name])))}
        . This is nested deeper than the form can show: change it as YAML.
      </p>
    )
  const { join, lines } = flat
  const put = (next: ConditionLine[], how = join) => onChange(unflatten({ join: how, lines: next }))
  const joins = lines.length > 1

  return (
    <div class={styles.lines}>
      {lines.map((line, at) => (
        <div key={at} class={styles.line}>
          <span class={styles.lead}>
            {at === 0 ? (
              'If'
            ) : (
              <Select
                label="How the conditions are joined"
                isLabelHidden
                value={join}
                onChange={(event) => put(lines, event.currentTarget.value as 'all' | 'any')}
              >
                <option value="all">and</option>
                <option value="any">or</option>
              </Select>
            )}
          </span>
          <Select
            label="What is asked"
            isLabelHidden
            value={line.of}
            onChange={(event) =>
              put(replaced(lines, at, fresh(event.currentTarget.value as ConditionLine['of'])))
            }
          >
            {kinds
              .filter((kind) => kind !== 'segment' || segments.length > 0)
              .map((kind) => (
                <option key={kind} value={kind}>
                  {factWords[kind]}
                </option>
              ))}
          </Select>
          <Select
            label="Must it be so?"
            isLabelHidden
            value={line.isNot ? 'not' : 'is'}
            onChange={(event) =>
              put(replaced(lines, at, { ...line, isNot: event.currentTarget.value === 'not' }))
            }
          >
            <option value="is">is</option>
            <option value="not">is not</option>
          </Select>
          <Values line={line} segments={segments} onChange={(next) => put(replaced(lines, at, next))} />
          <IconButton icon={X} label="Remove this condition" onClick={() => put(without(lines, at))} />
        </div>
      ))}
      {problem && <p class={styles.problem}>{problem}</p>}
      <div>
        <Button
          icon={Plus}
          variant="quiet"
          onClick={() => put([...lines, fresh('path')], joins ? join : 'all')}
        >
          Add a condition
        </Button>
      </div>
    </div>
  )
}

function fresh(of: ConditionLine['of']): ConditionLine {
  if (of === 'segment') return { isNot: false, of, values: [''] }
  if (numberFacts.includes(of)) return { isNot: false, of, values: [], from: of === 'visits' ? 2 : 50 }
  return { isNot: false, of, values: [fixedValues[of]?.[0]?.value ?? ''] }
}

function Values(props: {
  line: ConditionLine
  segments: TriggerSettings['segments']
  onChange: (line: ConditionLine) => void
}) {
  const { line, segments, onChange } = props
  const { of, values } = line
  if (of !== 'segment' && numberFacts.includes(of))
    return (
      <span class={styles.range}>
        <Field
          label="From"
          isLabelHidden
          placeholder="from"
          type="number"
          value={line.from ?? ''}
          onInput={(event) => onChange({ ...line, from: amountOf(event.currentTarget.value) })}
        />
        <Field
          label="To"
          isLabelHidden
          placeholder="to"
          type="number"
          value={line.to ?? ''}
          onInput={(event) => onChange({ ...line, to: amountOf(event.currentTarget.value) })}
        />
      </span>
    )
  const choices =
    of === 'segment' ? segments.map((one) => ({ value: one.id, label: one.name })) : fixedValues[of as Fact]
  if (choices)
    return (
      <Select
        label="Which"
        isLabelHidden
        value={values[0] ?? ''}
        onChange={(event) => onChange({ ...line, values: [event.currentTarget.value] })}
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </Select>
    )
  return (
    <Field
      label="One of these, separated by commas"
      isLabelHidden
      placeholder={of === 'path' ? '/orders/*, /cart' : 'one, another*'}
      value={values.join(', ')}
      onChange={(event) =>
        onChange({
          ...line,
          values: event.currentTarget.value
            .split(',')
            .map((text) => text.trim())
            .filter(Boolean),
        })
      }
    />
  )
}
