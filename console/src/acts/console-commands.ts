import { signal } from '@preact/signals'
import type { IconNode } from 'lucide'
import { useLayoutEffect } from 'preact/hooks'
import type { ShortcutId } from '../keys/shortcuts.ts'

/** Something a person can do now: by key, and listed in the command menu. */
export interface ConsoleCommand {
  group: 'This conversation' | 'Conversations' | 'Inbox' | 'Moderation' | 'Go to' | 'You'
  label: string
  icon: IconNode
  run: () => void
  detail?: string | undefined
  shortcut?: ShortcutId
  /** By key only: it would be noise in the menu. */
  isUnlisted?: boolean
}

export const offeredCommands = signal<ReadonlyMap<string, readonly ConsoleCommand[]>>(new Map())

/** Offers commands while the component is shown, and before the next key: it may be pressed at once. */
export function useConsoleCommands(owner: string, commands: readonly ConsoleCommand[]): void {
  useLayoutEffect(() => {
    offeredCommands.value = new Map(offeredCommands.peek()).set(owner, commands)
  })
  useLayoutEffect(
    () => () => {
      const left = new Map(offeredCommands.peek())
      left.delete(owner)
      offeredCommands.value = left
    },
    [owner],
  )
}

export function consoleCommands(): ConsoleCommand[] {
  return [...offeredCommands.value.values()].flat()
}

/** True when somebody took it. */
export function runShortcut(id: ShortcutId): boolean {
  const command = [...offeredCommands.peek().values()].flat().find((offer) => offer.shortcut === id)
  command?.run()
  return command !== undefined
}
