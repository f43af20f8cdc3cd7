import type { Criterion } from '@parley/shared/review/rubric.ts'
import { Trash2 } from 'lucide'
import { Field } from '../../parts/field.tsx'
import { IconButton } from '../../parts/icon-button.tsx'
import { Switch } from '../../parts/switch.tsx'
import styles from './review-settings.module.css'

export function CriterionEditor(props: {
  criterion: Criterion
  error: (name: string) => string | undefined
  onChange: (criterion: Criterion) => void
  onRemove: (() => void) | undefined
}) {
  const { criterion, error, onChange, onRemove } = props
  const change = (patch: Partial<Criterion>) => onChange({ ...criterion, ...patch })
  return (
    <fieldset class={styles.criterion}>
      <legend class="visually-hidden">{criterion.label || 'New criterion'}</legend>
      <div class={styles.names}>
        <Field
          label="Criterion"
          maxLength={60}
          value={criterion.label}
          error={error('label')}
          onInput={(event) => change({ label: event.currentTarget.value })}
        />
        <Field
          label="Weight"
          type="number"
          min={1}
          max={5}
          value={Number.isNaN(criterion.weight) ? '' : criterion.weight}
          error={error('weight')}
          onInput={(event) => change({ weight: event.currentTarget.valueAsNumber })}
        />
        {onRemove && (
          <IconButton icon={Trash2} label={`Remove ${criterion.label || 'criterion'}`} onClick={onRemove} />
        )}
      </div>
      <Field
        label="What a reviewer looks for"
        maxLength={300}
        value={criterion.help}
        error={error('help')}
        onInput={(event) => change({ help: event.currentTarget.value })}
      />
      <Switch
        label="A No makes the whole score 0"
        isOn={criterion.isCritical}
        onChange={(isCritical) => change({ isCritical })}
      />
    </fieldset>
  )
}
