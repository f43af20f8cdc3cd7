import type { Signal, SignalName } from '@parley/shared/triggers/rule.ts'
import { Plus, X } from 'lucide'
import { Button } from '../../parts/button.tsx'
import { Field, Select } from '../../parts/field.tsx'
import { IconButton } from '../../parts/icon-button.tsx'
import { replaced, without } from '../parts/reorder.ts'
import styles from './triggers.module.css'
import { amountUnits, atLabels, signalWords } from './words.ts'

const names = Object.keys(signalWords) as SignalName[]
const repeatable = (on: SignalName) => on !== 'time' && on !== 'scroll' && on !== 'idle'

export function SignalsEditor(props: {
  when: readonly Signal[]
  onChange: (when: Signal[]) => void
  error: (path: string) => string | undefined
  leave: (path: string) => void
}) {
  const { when, onChange, error, leave } = props
  const put = (at: number, signal: Signal) => onChange(replaced(when, at, signal))
  return (
    <div class={styles.lines}>
      {when.map((signal, index) => {
        const { on, at, amount, times } = signal
        const unit = amountUnits[on]
        const place = atLabels[on]
        const path = `rule.when.${index}`
        return (
          <div key={index} class={styles.line}>
            <span class={styles.lead}>{index === 0 ? 'When' : 'then'}</span>
            <Select
              label="What happens"
              isLabelHidden
              value={on}
              onChange={(event) => put(index, fresh(event.currentTarget.value as SignalName))}
            >
              {names.map((name) => (
                <option key={name} value={name}>
                  {signalWords[name]}
                </option>
              ))}
            </Select>
            {place && (
              <span class={styles.wide}>
                <Field
                  label={place.label}
                  placeholder={place.example}
                  value={at ?? ''}
                  error={error(`${path}.at`)}
                  onBlur={() => leave(`${path}.at`)}
                  onInput={({ currentTarget: { value } }) => {
                    const { at: _, ...rest } = signal
                    put(index, value === '' && on === 'invalid' ? rest : { ...rest, at: value })
                  }}
                />
              </span>
            )}
            {unit && (
              <Field
                label={unit.label}
                type="number"
                value={amount ?? ''}
                error={error(`${path}.amount`)}
                onBlur={() => leave(`${path}.amount`)}
                onInput={(event) => put(index, { ...signal, amount: Number(event.currentTarget.value) })}
              />
            )}
            {repeatable(on) && (
              <span class={styles.small}>
                <Field
                  label="Times"
                  type="number"
                  min={1}
                  max={20}
                  value={times ?? 1}
                  error={error(`${path}.times`)}
                  onInput={({ currentTarget: { value } }) => {
                    const { times: _, ...rest } = signal
                    put(index, Number(value) > 1 ? { ...rest, times: Number(value) } : rest)
                  }}
                />
              </span>
            )}
            {when.length > 1 && (
              <IconButton icon={X} label="Remove this step" onClick={() => onChange(without(when, index))} />
            )}
          </div>
        )
      })}
      {when.length < 4 && (
        <div>
          <Button icon={Plus} variant="quiet" onClick={() => onChange([...when, fresh('exit')])}>
            Add a step that must follow
          </Button>
        </div>
      )}
    </div>
  )
}

function fresh(on: SignalName): Signal {
  const unit = amountUnits[on]
  const at = on === 'invalid' ? undefined : atLabels[on]?.example
  return { on, ...(at ? { at } : {}), ...(unit ? { amount: unit.start } : {}) }
}
