import type { InboxRow } from '@parley/shared/protocol/reading.ts'
import { Command, ListFilter, MessageSquarePlus, Search, X } from 'lucide'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { useConsoleCommands } from '../acts/console-commands.ts'
import { RoomDialog } from '../conversation/room-dialog.tsx'
import { shownKeys } from '../keys/shown-keys.ts'
import { Icon } from '../parts/icon.tsx'
import { IconButton } from '../parts/icon-button.tsx'
import { Kbd } from '../parts/kbd.tsx'
import { Menu, type MenuGroup } from '../parts/menu.tsx'
import { me } from '../session.ts'
import { toggle } from '../shell/open-panels.ts'
import type { InboxQuery } from './belongs-in.ts'
import { colleagues, refreshColleagues } from './colleagues.ts'
import styles from './inbox-header.module.css'

export interface InboxHeaderProps {
  query: InboxQuery
  rows: ReadonlyMap<string, InboxRow>
  onChange: (change: Partial<InboxQuery>) => void
}

const searchAfterMs = 200

export function InboxHeader({ query, rows, onChange }: InboxHeaderProps) {
  const [isSearching, setSearching] = useState(query.search !== '')
  const [isStarting, setStarting] = useState(false)
  const mayStartRoom = me.value?.role === 'vendor' && me.value.areRoomsOn
  const field = useRef<HTMLInputElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const openSearch = () => {
    setSearching(true)
    field.current?.focus()
  }
  const endSearch = () => {
    clearTimeout(timer.current)
    setSearching(false)
    onChange({ search: '' })
  }
  // Before the next key, which is the first letter of what is looked for.
  useLayoutEffect(() => {
    if (isSearching) field.current?.focus()
  }, [isSearching])
  useEffect(() => {
    if (query.search === '' && field.current && document.activeElement !== field.current) setSearching(false)
  }, [query.search])
  useConsoleCommands('inbox-header', [
    { group: 'Inbox', label: 'Search the inbox', icon: Search, shortcut: 'search', run: openSearch },
    ...(mayStartRoom
      ? [
          {
            group: 'Inbox' as const,
            label: 'Write to another vendor…',
            icon: MessageSquarePlus,
            run: () => setStarting(true),
          },
        ]
      : []),
    {
      group: 'Inbox',
      label: query.unreadOnly ? 'Show read and unread' : 'Show unread only',
      icon: ListFilter,
      run: () => onChange({ unreadOnly: !query.unreadOnly }),
    },
  ])
  const commandKeys = shownKeys('commands')
  const groups = filterGroups(query, rows, onChange)
  const count = Number(query.unreadOnly) + Number(query.queueId !== null) + Number(query.topicId !== null)
  return (
    <header class={styles.header}>
      {isSearching ? (
        <div class={styles.search}>
          <Icon node={Search} size={16} />
          <input
            ref={field}
            type="search"
            class={styles.field}
            aria-label="Search the inbox"
            placeholder="Name, order or words"
            defaultValue={query.search}
            onInput={(event) => {
              const search = event.currentTarget.value.trim()
              clearTimeout(timer.current)
              timer.current = setTimeout(() => onChange({ search }), searchAfterMs)
            }}
            onKeyDown={(event) => {
              if (event.key !== 'Escape') return
              event.preventDefault()
              endSearch()
            }}
          />
          <IconButton icon={X} label="End search" iconSize={16} onClick={endSearch} />
        </div>
      ) : (
        <>
          <h1 class={styles.title}>Inbox</h1>
          <Menu
            label="Filters"
            align="end"
            groups={groups}
            trigger={(trigger) => (
              <IconButton
                {...trigger}
                icon={ListFilter}
                label={count === 0 ? 'Filter' : `Filter, ${count} on`}
                isPressed={count > 0 ? true : undefined}
                onClick={(event) => {
                  void refreshColleagues()
                  trigger.onClick(event)
                }}
              />
            )}
          />
          {mayStartRoom && (
            <IconButton
              icon={MessageSquarePlus}
              label="Write to another vendor"
              onClick={() => setStarting(true)}
            />
          )}
          <IconButton
            icon={Search}
            label="Search the inbox"
            shortcut={shownKeys('search')}
            onClick={openSearch}
          />
          <button
            type="button"
            class={styles.commands}
            aria-label="Commands"
            onClick={() => toggle('commands')}
          >
            {commandKeys === undefined ? (
              <Icon node={Command} size={16} />
            ) : (
              <Kbd keys={commandKeys} isDecoration />
            )}
          </button>
        </>
      )}
      {isStarting && <RoomDialog onClose={() => setStarting(false)} />}
    </header>
  )
}

function filterGroups(
  query: InboxQuery,
  rows: ReadonlyMap<string, InboxRow>,
  onChange: InboxHeaderProps['onChange'],
): MenuGroup[] {
  const topics = new Map<string, string>()
  for (const { topic } of rows.values()) if (topic) topics.set(topic.id, topic.label)
  // A vendor's conversations all stand in the vendor's own queue.
  const queues = me.value?.role === 'vendor' ? [] : colleagues.value.queues
  const groups: MenuGroup[] = [
    {
      heading: 'Show',
      items: [
        {
          label: 'Unread only',
          isChecked: query.unreadOnly,
          onSelect: () => onChange({ unreadOnly: !query.unreadOnly }),
        },
      ],
    },
    {
      heading: 'Queue',
      items: [
        {
          label: 'Every queue',
          isChecked: query.queueId === null,
          onSelect: () => onChange({ queueId: null }),
        },
        ...queues.map((queue) => ({
          label: queue.name,
          isChecked: query.queueId === queue.queueId,
          onSelect: () => onChange({ queueId: queue.queueId }),
        })),
      ],
    },
    {
      heading: 'Topic',
      items: [
        {
          label: 'Every topic',
          isChecked: query.topicId === null,
          onSelect: () => onChange({ topicId: null }),
        },
        ...[...topics].map(([topicId, label]) => ({
          label,
          isChecked: query.topicId === topicId,
          onSelect: () => onChange({ topicId }),
        })),
      ],
    },
  ]
  return groups.filter((group) => group.items.length > 1 || group.heading === 'Show')
}

/** The filters that are on, each with its own way off. */
export function FilterChips({ query, rows, onChange }: InboxHeaderProps) {
  const queue = colleagues.value.queues.find(({ queueId }) => queueId === query.queueId)
  const topic = [...rows.values()].find((row) => row.topic?.id === query.topicId)?.topic
  const chips = [
    query.unreadOnly && { label: 'Unread', off: { unreadOnly: false } },
    query.queueId !== null && { label: queue?.name ?? 'Queue', off: { queueId: null } },
    query.topicId !== null && { label: topic?.label ?? 'Topic', off: { topicId: null } },
  ].filter((chip) => chip !== false)
  if (chips.length === 0) return null
  return (
    <ul class={styles.chips} aria-label="Filters that are on">
      {chips.map((chip) => (
        <li key={chip.label}>
          <button type="button" class={styles.chip} onClick={() => onChange(chip.off)}>
            {chip.label}
            <Icon node={X} size={12} label="Remove filter" />
          </button>
        </li>
      ))}
    </ul>
  )
}
