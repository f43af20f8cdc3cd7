import { useState } from 'preact/hooks'
import { Button } from '../parts/button.tsx'
import { Select } from '../parts/field.tsx'
import { Switch } from '../parts/switch.tsx'
import { saidOf } from './key-press.ts'
import { cannedSignOf, cannedSigns, keysOf, withKeys, withUsualKeys } from './own-keys.ts'
import { ownKeyboard, saveKeyboard } from './save-keyboard.ts'

/** Saves, and says when it could not. */
function useSaving() {
  const [problem, setProblem] = useState<string | null>(null)
  return {
    problem,
    save: (keyboard: ReturnType<typeof ownKeyboard>) => void saveKeyboard(keyboard).then(setProblem),
  }
}

export function SingleKeysSwitch() {
  const keyboard = ownKeyboard()
  const { problem, save } = useSaving()
  return (
    <Switch
      label="Single-key shortcuts"
      help={problem ?? 'Such as E for Resolve. They never fire while you type'}
      isOn={keyboard.hasSingleKeys}
      onChange={(hasSingleKeys) => save({ ...keyboard, hasSingleKeys })}
    />
  )
}

export function SendKeyChoice() {
  const keyboard = ownKeyboard()
  const { problem, save } = useSaving()
  const [first] = keysOf('send', keyboard)
  const chosen = first === 'Enter' ? 'enter' : first === 'Ctrl+Enter' ? 'ctrlEnter' : 'own'
  return (
    <Select
      label="Send a message with"
      value={chosen}
      error={problem}
      onChange={(event) => {
        const wanted = event.currentTarget.value
        if (wanted === 'enter') save(withKeys('send', ['Enter'], keyboard))
        if (wanted === 'ctrlEnter') save(withUsualKeys('send', keyboard))
      }}
    >
      <option value="ctrlEnter">Ctrl Enter; Enter is a new line</option>
      <option value="enter">Enter; Shift Enter is a new line</option>
      {chosen === 'own' && (
        <option value="own">
          {first === undefined ? 'The button only' : `${saidOf(first)}, your own keys`}
        </option>
      )}
    </Select>
  )
}

export function CannedSignChoice() {
  const keyboard = ownKeyboard()
  const { problem, save } = useSaving()
  return (
    <Select
      label="Canned replies begin with"
      value={cannedSignOf(keyboard)}
      error={problem}
      onChange={(event) => save(withKeys('canned', [event.currentTarget.value], keyboard))}
    >
      {cannedSigns.map((sign) => (
        <option key={sign} value={sign}>
          {sign}
        </option>
      ))}
    </Select>
  )
}

/** Shown where something differs from the usual. */
export function AllUsualKeys() {
  const keyboard = ownKeyboard()
  const { problem, save } = useSaving()
  if (Object.keys(keyboard.keys).length === 0) return null
  return (
    <>
      {problem !== null && <span role="alert">{problem}</span>}
      <Button onClick={() => save({ ...keyboard, keys: {} })}>All back to the usual keys</Button>
    </>
  )
}
