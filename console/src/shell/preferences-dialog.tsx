import { useState } from 'preact/hooks'
import { SendKeyChoice, SingleKeysSwitch } from '../keys/key-choices.tsx'
import { askForNotifications, playSound } from '../notify/notify.ts'
import { Dialog } from '../parts/dialog.tsx'
import { Field } from '../parts/field.tsx'
import { Switch } from '../parts/switch.tsx'
import { preferences } from '../preferences.ts'
import { me } from '../session.ts'
import { setAvailability } from './availability.ts'
import { openPanel } from './open-panels.ts'
import styles from './preferences-dialog.module.css'

/** Sound and notifications belong to this device; the rest to the person everywhere. */
export function PreferencesDialog() {
  const isOpen = openPanel.value === 'preferences'
  return (
    <Dialog
      title="Capacity, sound and keys"
      isOpen={isOpen}
      onClose={() => {
        if (openPanel.peek() === 'preferences') openPanel.value = null
      }}
    >
      <div class={styles.rows}>
        <Capacity />
        <PreferenceSwitches />
      </div>
    </Dialog>
  )
}

function Capacity() {
  const capacity = me.value?.capacity ?? 0
  const [error, setError] = useState<string | null>(null)
  return (
    <Field
      label="Conversations at once"
      help="Nothing more is offered to you when you have this many open. 0 offers nothing."
      type="number"
      inputMode="numeric"
      min={0}
      max={50}
      defaultValue={String(capacity)}
      error={error}
      onChange={(event) => {
        const wanted = Number(event.currentTarget.value)
        const isRight = Number.isInteger(wanted) && wanted >= 0 && wanted <= 50
        setError(isRight ? null : 'Choose a whole number from 0 to 50.')
        if (isRight) void setAvailability({ capacity: wanted })
      }}
    />
  )
}

function PreferenceSwitches() {
  const [notice, setNotice] = useState<string | null>(null)
  const { hasSound, hasDesktopNotifications } = preferences
  return (
    <>
      <SendKeyChoice />
      <Switch
        label="Sound"
        help="A short tone when somebody needs you"
        isOn={hasSound.current.value}
        onChange={(isOn) => {
          hasSound.choose(isOn)
          if (isOn) playSound()
        }}
      />
      <Switch
        label="Desktop notifications"
        help={notice ?? 'While this window is not in front'}
        isOn={hasDesktopNotifications.current.value}
        onChange={(isOn) => {
          if (!isOn) return hasDesktopNotifications.choose(false)
          void askForNotifications().then((isAllowed) => {
            hasDesktopNotifications.choose(isAllowed)
            setNotice(
              isAllowed ? null : 'The browser does not allow them for this page. Its site settings can.',
            )
          })
        }}
      />
      <SingleKeysSwitch />
    </>
  )
}
