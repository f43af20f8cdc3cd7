import { CircleCheck, Keyboard, LogOut, MoonStar, SlidersHorizontal } from 'lucide'
import { shownKeys } from '../keys/shown-keys.ts'
import { Avatar } from '../parts/avatar.tsx'
import { Menu, type MenuGroup } from '../parts/menu.tsx'
import { memberParty, roleWords } from '../parts/party.ts'
import { preferences, type Theme } from '../preferences.ts'
import { me, signOut, switchSite } from '../session.ts'
import { setAvailability } from './availability.ts'
import { openPanel } from './open-panels.ts'
import styles from './you-menu.module.css'

const themes: [Theme, string][] = [
  ['system', 'Like the system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
]

export function YouMenu({
  class: className,
  wordClass,
}: {
  class: string | undefined
  wordClass: string | undefined
}) {
  const who = me.value
  if (!who) return null
  const isAway = who.availability === 'away'
  const theme = preferences.theme.current.value
  const groups: MenuGroup[] = [
    {
      heading: `${who.name} · ${who.vendorName ?? roleWords[who.role]}`,
      items: [
        {
          label: 'Available',
          icon: CircleCheck,
          isChecked: !isAway,
          onSelect: () => void setAvailability({ availability: 'available' }),
        },
        {
          label: 'Away',
          detail: 'Nothing new is offered to you',
          icon: MoonStar,
          isChecked: isAway,
          onSelect: () => void setAvailability({ availability: 'away' }),
        },
      ],
    },
    {
      heading: 'Appearance',
      items: themes.map(([value, label]) => ({
        label,
        isChecked: theme === value,
        onSelect: () => preferences.theme.choose(value),
      })),
    },
    {
      heading: 'Sites',
      items: who.sites.map((site) => ({
        label: site.name,
        isChecked: site.siteId === who.siteId,
        onSelect: () => {
          if (site.siteId !== who.siteId) void switchSite(site.siteId)
        },
      })),
    },
    {
      items: [
        {
          label: 'Capacity, sound and keys',
          icon: SlidersHorizontal,
          onSelect: () => {
            openPanel.value = 'preferences'
          },
        },
        {
          label: 'Keyboard shortcuts',
          icon: Keyboard,
          shortcut: shownKeys('sheet'),
          onSelect: () => {
            openPanel.value = 'shortcuts'
          },
        },
        { label: 'Sign out', icon: LogOut, onSelect: () => void signOut() },
      ],
    },
  ]
  return (
    <Menu
      label="You"
      name="you"
      groups={who.sites.length > 1 ? groups : groups.filter((group) => group.heading !== 'Sites')}
      trigger={(trigger) => (
        <button
          type="button"
          {...trigger}
          class={className}
          title={`${who.name}, ${isAway ? 'away' : 'available'}`}
        >
          <span class={styles.face}>
            <Avatar name={who.name} party={memberParty(who.role)} size={28} hasBadge={false} />
            <span class={isAway ? styles.away : styles.here} />
          </span>
          <span class={wordClass}>
            <span class="visually-hidden">You: </span>
            {isAway ? 'Away' : 'Available'}
          </span>
        </button>
      )}
    />
  )
}
