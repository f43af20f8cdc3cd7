import {
  CircleCheck,
  ClipboardCheck,
  Inbox as InboxIcon,
  Keyboard,
  LogOut,
  MoonStar,
  PanelsTopLeft,
  Search,
  Settings,
  Shield,
  SlidersHorizontal,
  Store,
  SunMoon,
} from 'lucide'
import { useLocation } from 'preact-iso'
import { type ConsoleCommand, useConsoleCommands } from '../acts/console-commands.ts'
import { mayModerate } from '../moderation/may-moderate.ts'
import { undoLast } from '../parts/toast.tsx'
import { paths } from '../paths.ts'
import { preferences, type Theme } from '../preferences.ts'
import { me, signOut } from '../session.ts'
import { setAvailability } from './availability.ts'
import { openPanel, toggle } from './open-panels.ts'
import { focusNextRegion } from './regions.ts'

const nextTheme: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' }

export function useShellCommands(): void {
  const { route } = useLocation()
  const isAway = me.value?.availability === 'away'
  const theme = nextTheme[preferences.theme.current.value]
  const commands: ConsoleCommand[] = [
    { group: 'Go to', label: 'Inbox', icon: InboxIcon, shortcut: 'goInbox', run: () => route(paths.inbox) },
    ...(mayModerate(me.value?.role)
      ? [
          {
            group: 'Go to' as const,
            label: 'Moderation board',
            icon: Shield,
            shortcut: 'goModeration' as const,
            run: () => route(paths.moderation),
          },
        ]
      : []),
    {
      group: 'Go to',
      label: me.value?.role === 'vendor' ? 'Your shop' : 'Vendors',
      icon: Store,
      shortcut: 'goVendors',
      run: () => route(paths.vendors),
    },
    {
      group: 'Go to',
      label: 'Reviews',
      icon: ClipboardCheck,
      shortcut: 'goReviews',
      run: () => route(paths.reviews),
    },
    {
      group: 'Go to',
      label: 'Settings',
      icon: Settings,
      shortcut: 'goSettings',
      run: () => route(paths.settings),
    },
    {
      group: 'You',
      label: isAway ? 'Set yourself available' : 'Set yourself away',
      icon: isAway ? CircleCheck : MoonStar,
      run: () => void setAvailability({ availability: isAway ? 'available' : 'away' }),
    },
    {
      group: 'You',
      label: `Appearance: ${theme === 'system' ? 'like the system' : theme}`,
      icon: SunMoon,
      run: () => preferences.theme.choose(theme),
    },
    {
      group: 'You',
      label: 'Capacity, sound and keys',
      icon: SlidersHorizontal,
      run: () => {
        openPanel.value = 'preferences'
      },
    },
    {
      group: 'You',
      label: 'Keyboard shortcuts',
      icon: Keyboard,
      shortcut: 'sheet',
      run: () => toggle('shortcuts'),
    },
    { group: 'You', label: 'Sign out', icon: LogOut, run: () => void signOut() },
    {
      group: 'Go to',
      label: 'Commands',
      icon: Search,
      shortcut: 'commands',
      isUnlisted: true,
      run: () => toggle('commands'),
    },
    {
      group: 'Go to',
      label: 'Next part',
      icon: PanelsTopLeft,
      shortcut: 'regions',
      isUnlisted: true,
      run: focusNextRegion,
    },
    {
      group: 'You',
      label: 'Undo',
      icon: PanelsTopLeft,
      shortcut: 'undo',
      isUnlisted: true,
      run: () => void undoLast(),
    },
  ]
  useConsoleCommands('shell', commands)
}
