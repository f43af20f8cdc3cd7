import { type Signal, signal } from '@preact/signals'
import { keep, kept } from './kept.ts'

/** A choice of the person on this device. */
export interface Preference<Value> {
  current: Signal<Value>
  choose: (value: Value) => void
}

function preference<Value>(key: string, initial: Value): Preference<Value> {
  const current = signal<Value>(kept<Value>(key) ?? initial)
  return {
    current,
    choose(value) {
      current.value = value
      keep(key, value)
    },
  }
}

export type Theme = 'system' | 'light' | 'dark'

export const preferences = {
  theme: preference<Theme>('theme', 'system'),
  hasSound: preference('sound', true),
  hasDesktopNotifications: preference('desktopNotifications', false),
  hasDetails: preference('details', true),
}

export function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
}
