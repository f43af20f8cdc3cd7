import type { IntakeField } from '@parley/shared/protocol/reading.ts'
import { useState } from 'preact/hooks'
import { CheckList } from '../../parts/check-list.tsx'
import { Field, Select, TextArea } from '../../parts/field.tsx'
import { Switch } from '../../parts/switch.tsx'
import { choicesFrom } from './check-intake.ts'
import type { FieldEditorProps } from './field-editor.tsx'
import { claims, claimWords, fieldTypes, typeWords } from './field-words.ts'
import styles from './intake.module.css'

export function FieldDetails(props: FieldEditorProps) {
  const { field, path, topics, isReadOnly, error, leave, onChange } = props
  const [lines, setLines] = useState(() => (field.choices ?? []).map((choice) => choice.label).join('\n'))
  const asked = field.topics ?? []

  return (
    <div class={styles.details}>
      <Field
        label="Question"
        data-act="label"
        maxLength={120}
        value={field.label}
        error={error(`${path}.label`)}
        onBlur={() => leave(`${path}.label`)}
        onInput={(event) => onChange({ ...field, label: event.currentTarget.value })}
      />
      <Select
        label="Answer"
        value={field.type}
        error={error(`${path}.type`)}
        onChange={(event) => onChange(ofType(field, event.currentTarget.value as IntakeField['type']))}
      >
        {fieldTypes.map((type) => (
          <option key={type} value={type}>
            {typeWords[type]}
          </option>
        ))}
      </Select>
      {field.type === 'choice' && (
        <TextArea
          label="Choices, one on each line"
          rows={5}
          value={lines}
          error={error(`${path}.choices`)}
          onBlur={() => leave(`${path}.choices`)}
          onInput={(event) => {
            setLines(event.currentTarget.value)
            onChange({ ...field, choices: choicesFrom(event.currentTarget.value, field.choices ?? []) })
          }}
        />
      )}
      <Field
        label="Help under the field"
        maxLength={200}
        value={field.help ?? ''}
        error={error(`${path}.help`)}
        onBlur={() => leave(`${path}.help`)}
        onInput={(event) => onChange(setOrLeaveOut(field, 'help', event.currentTarget.value || undefined))}
      />
      <Select
        label="Not asked when the signed identity tells the"
        value={field.filledBy ?? ''}
        onChange={(event) =>
          onChange(
            setOrLeaveOut(
              field,
              'filledBy',
              claims.find((claim) => claim === event.currentTarget.value),
            ),
          )
        }
      >
        <option value="">Nothing: always ask</option>
        {claims.map((claim) => (
          <option key={claim} value={claim}>
            {claimWords[claim]}
          </option>
        ))}
      </Select>
      {field.type !== 'topic' && field.type !== 'role' && topics.length > 0 && (
        <CheckList
          legend="Ask only for these topics (none: for all)"
          options={topics}
          chosen={asked}
          onChange={(chosen) =>
            onChange(setOrLeaveOut(field, 'topics', chosen.length === 0 ? undefined : chosen))
          }
        />
      )}
      <Switch
        label="Required"
        isOn={field.isRequired}
        disabled={isReadOnly}
        onChange={(isRequired) => onChange({ ...field, isRequired })}
      />
      <Switch
        label="Only the marketplace sees the answer"
        help="On for everything that must not reach a vendor, such as an address or a phone number."
        isOn={field.isPrivate}
        disabled={isReadOnly}
        onChange={(isPrivate) => onChange({ ...field, isPrivate })}
      />
    </div>
  )
}

function ofType(field: IntakeField, type: IntakeField['type']): IntakeField {
  const { choices, ...rest } = field
  if (type === 'choice') return { ...rest, type, choices: choices ?? [] }
  return { ...rest, type, isPrivate: type === 'email' ? true : field.isPrivate }
}

function setOrLeaveOut<K extends 'help' | 'filledBy' | 'topics'>(
  field: IntakeField,
  key: K,
  value: IntakeField[K] | undefined,
): IntakeField {
  const { [key]: _, ...rest } = field
  return (value === undefined ? rest : { ...rest, [key]: value }) as IntakeField
}
