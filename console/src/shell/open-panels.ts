import { signal } from '@preact/signals'

/** Which panel of the shell is open; one at a time. */
export const openPanel = signal<'commands' | 'shortcuts' | 'preferences' | null>(null)

export function toggle(panel: 'commands' | 'shortcuts' | 'preferences'): void {
  openPanel.value = openPanel.peek() === panel ? null : panel
}
