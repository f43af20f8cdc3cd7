import { useState } from 'preact/hooks'
import { Select } from '../../parts/field.tsx'
import { Switch } from '../../parts/switch.tsx'
import { preferences, type Theme } from '../../preferences.ts'
import { Problem } from '../parts/confirm.tsx'
import { Card } from '../parts/page.tsx'

/** Choices of this person on this device; they hold at once and need no saving. */
export function ConsoleCard() {
  const { theme, hasSound, hasDesktopNotifications } = preferences
  const [problem, setProblem] = useState<string>()

  async function notify(isOn: boolean): Promise<void> {
    setProblem(undefined)
    if (isOn && (await permission()) !== 'granted')
      return setProblem(
        'This browser does not allow notifications here. Allow them in its site settings, then try again.',
      )
    hasDesktopNotifications.choose(isOn)
  }

  return (
    <Card title="This device" aside="Takes effect at once">
      <Select
        label="Look"
        value={theme.current.value}
        onChange={(event) => theme.choose(event.currentTarget.value as Theme)}
      >
        <option value="system">As the system</option>
        <option value="light">Light</option>
        <option value="dark">Dark</option>
      </Select>
      <Switch
        label="Sound"
        help="A soft tone for a new message you are to answer."
        isOn={hasSound.current.value}
        onChange={hasSound.choose}
      />
      <Switch
        label="Desktop notifications"
        help="When this window is not in front."
        isOn={hasDesktopNotifications.current.value}
        onChange={(isOn) => void notify(isOn)}
      />
      {problem !== undefined && <Problem>{problem}</Problem>}
    </Card>
  )
}

async function permission(): Promise<NotificationPermission> {
  if (!('Notification' in window)) return 'denied'
  return Notification.permission === 'default' ? Notification.requestPermission() : Notification.permission
}
