import { Eye, EyeOff } from 'lucide'
import { useState } from 'preact/hooks'
import { Field } from '../parts/field.tsx'
import { IconButton } from '../parts/icon-button.tsx'

export interface PasswordFieldProps {
  label: string
  name: string
  autocomplete: 'current-password' | 'new-password'
  value: string
  onType: (password: string) => void
  help?: string
  error?: string | undefined
  isFirst?: boolean
}

/** Can be shown, can be pasted into, and is never trimmed. */
export function PasswordField(props: PasswordFieldProps) {
  const [isShown, setShown] = useState(false)
  return (
    <Field
      label={props.label}
      name={props.name}
      autocomplete={props.autocomplete}
      value={props.value}
      help={props.help === '' ? undefined : props.help}
      error={props.error}
      {...(isShown ? { type: 'text' as const } : { type: 'password' as const })}
      spellcheck={false}
      autocapitalize="off"
      {...(props.isFirst ? { 'data-focus-first': true } : {})}
      onInput={(event) => props.onType(event.currentTarget.value)}
      end={
        <IconButton
          icon={isShown ? EyeOff : Eye}
          label={isShown ? 'Hide password' : 'Show password'}
          isPressed={isShown}
          onClick={() => setShown(!isShown)}
        />
      }
    />
  )
}
