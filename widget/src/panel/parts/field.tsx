import type { IntakeField } from '@parley/shared/protocol/reading.ts'
import { say } from '../../i18n/words.ts'
import { Icon } from './icon.tsx'

export function Field(props: {
  field: IntakeField
  value: string
  error: string | undefined
  help: string | undefined
  options: { id: string; label: string }[] | undefined
  onInput: (value: string) => void
  onLeave: () => void
}) {
  const { field, value, error, help, options, onInput, onLeave } = props
  const { id, type, isRequired } = field
  const described = [error && `${id}-error`, help && `${id}-help`].filter(Boolean).join(' ')
  const label = (
    <>
      <bdi>{field.label}</bdi> {!isRequired && <span class="quiet">{say('optional')}</span>}
    </>
  )
  const shared = {
    id,
    value,
    'aria-invalid': !!error,
    'aria-required': isRequired,
    'aria-describedby': described,
    onBlur: onLeave,
    onInput: (event: { currentTarget: { value: string } }) => onInput(event.currentTarget.value),
  }
  const below = (
    <>
      {error && (
        <p class="error" id={`${id}-error`}>
          <Icon name="alert" small />
          {error}
        </p>
      )}
      {help && (
        <p class="help" id={`${id}-help`}>
          <bdi>{help}</bdi>
        </p>
      )}
    </>
  )
  if (options && type !== 'order')
    return (
      <fieldset aria-describedby={described} aria-invalid={!!error}>
        <legend>{label}</legend>
        <div class="chips">
          {options.map((option, index) => (
            <label key={option.id} class="chip">
              <input
                type="radio"
                name={id}
                id={index === 0 ? id : undefined}
                checked={value === option.id}
                onChange={() => onInput(option.id)}
              />
              <Icon name="check" small />
              <bdi>{option.label}</bdi>
            </label>
          ))}
        </div>
        {below}
      </fieldset>
    )
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {options ? (
        <select {...shared}>
          <option value="">{say(isRequired ? 'chooseOrder' : 'noOrder')}</option>
          {options.map((option) => (
            <option key={option.id} value={option.id}>
              {option.label}
            </option>
          ))}
        </select>
      ) : type === 'longText' ? (
        <textarea {...shared} rows={3} dir="auto" />
      ) : (
        <input
          {...shared}
          list={undefined}
          type={type === 'email' ? 'email' : 'text'}
          autocomplete={type === 'email' ? 'email' : field.filledBy === 'name' ? 'name' : 'off'}
          dir="auto"
        />
      )}
      {below}
    </div>
  )
}
