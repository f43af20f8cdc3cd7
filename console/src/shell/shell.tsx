import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import { startClock } from '../clock.ts'
import { connection } from '../connection.ts'
import { refreshCannedReplies, refreshColleagues } from '../inbox/colleagues.ts'
import { followCounts } from '../inbox/inbox-counts.ts'
import { ShortcutSheet } from '../keys/shortcut-sheet.tsx'
import { useKeyboard } from '../keys/use-keyboard.ts'
import { followNews } from '../notify/news.ts'
import { CommandMenu } from './command-menu.tsx'
import { PreferencesDialog } from './preferences-dialog.tsx'
import { Rail } from './rail.tsx'
import styles from './shell.module.css'
import { useShellCommands } from './shell-commands.ts'

export function Shell({ children }: { children: ComponentChildren }) {
  const live = connection.value
  useEffect(startClock, [])
  useEffect(() => {
    if (live === null) return
    const stops = [followCounts(live), followNews(live)]
    void refreshColleagues()
    void refreshCannedReplies()
    return () => {
      for (const stop of stops) stop()
    }
  }, [live])
  useKeyboard()
  useShellCommands()
  return (
    <div class={styles.shell}>
      <Rail />
      <main class={styles.page}>{children}</main>
      <CommandMenu />
      <ShortcutSheet />
      <PreferencesDialog />
    </div>
  )
}
