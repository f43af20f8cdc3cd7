import type { InboxRow, InboxView } from '@parley/shared/protocol/reading.ts'
import { ArrowDown, ArrowUp, MessageSquareDot, MessagesSquare, PanelsTopLeft } from 'lucide'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { useConsoleCommands } from '../acts/console-commands.ts'
import { connection } from '../connection.ts'
import { ConversationPane } from '../conversation/conversation-pane.tsx'
import { OfflineStrip } from '../conversation/offline-strip.tsx'
import { forgetFeed } from '../conversation/open-feeds.ts'
import { keep, kept } from '../kept.ts'
import { shownKeys } from '../keys/shown-keys.ts'
import { wanted } from '../notify/news.ts'
import { Empty } from '../parts/empty.tsx'
import { Tabs } from '../parts/tabs.tsx'
import { paths } from '../paths.ts'
import { me } from '../session.ts'
import { width } from '../shell/width.ts'
import { type InboxQuery, inboxViewNames, inboxViews, isUnread, viewsFor } from './belongs-in.ts'
import { currentInbox } from './current-inbox.ts'
import styles from './inbox.module.css'
import { type InboxCounts, inboxCounts } from './inbox-counts.ts'
import { FilterChips, InboxHeader } from './inbox-header.tsx'
import { InboxList, rowNode } from './inbox-list.tsx'
import { followInbox } from './inbox-rows.ts'
import { shownOrder } from './shown-order.ts'

type Filters = Omit<InboxQuery, 'view'>
const noFilters: Filters = { search: '', queueId: null, topicId: null, unreadOnly: false }

export function Inbox(props: { view?: string; conversationId?: string }) {
  const { route } = useLocation()
  const who = me.value
  const memory = `view.${who?.siteId}.${who?.memberId}`
  const views = who ? viewsFor(who) : inboxViews
  const named = views.find((view) => view === props.view)
  const view = named ?? kept<InboxView>(memory) ?? 'mine'
  const selectedId = props.conversationId ?? null
  const [filters, setFilters] = useState<Filters>(noFilters)

  useEffect(() => {
    if (named === undefined) route(paths.view(view), true)
    else keep(memory, named)
  }, [named, memory])

  const live = connection.value
  const inbox = useMemo(
    () => (live === null || !who ? null : followInbox(live, { ...filters, view }, who)),
    [live, who?.memberId, view, filters],
  )
  useEffect(() => {
    currentInbox.value = inbox
    return () => inbox?.close()
  }, [inbox])
  useEffect(() => live?.on('forget', ({ conversationId }) => forgetFeed(conversationId)), [live])

  const toId = wanted.value
  useEffect(() => {
    if (toId === null) return
    wanted.value = null
    route(paths.conversation('all', toId))
  }, [toId])

  const isPhone = width.value === 'phone'
  const nextKeys = shownKeys('next')
  const select = (id: string) => route(paths.conversation(view, id), selectedId !== null)
  // Another view of the list leaves the open conversation beside it where it is.
  const show = (next: InboxView) =>
    route(selectedId === null || isPhone ? paths.view(next) : paths.conversation(next, selectedId))
  useMoving({ selectedId, view, views, rows: inbox?.rows.value ?? new Map(), select, show })

  if (inbox === null) return null
  const rows = inbox.rows.value
  const change = (next: Partial<InboxQuery>) => setFilters({ ...filters, ...next })
  return (
    <div class={styles.inbox} data-has-conversation={selectedId !== null || undefined}>
      {(!isPhone || selectedId === null) && (
        <section class={styles.list} data-region="list" aria-label="Conversations">
          <InboxHeader query={inbox.query} rows={rows} onChange={change} />
          <Tabs label="Views of the inbox" selected={view} tabs={tabsOf(views)} onSelect={show} />
          <FilterChips query={inbox.query} rows={rows} onChange={change} />
          {selectedId === null && <OfflineStrip />}
          <InboxList
            key={`${view}`}
            inbox={inbox}
            selectedId={selectedId}
            onClearFilters={() => setFilters(noFilters)}
            onGo={route}
          />
        </section>
      )}
      {selectedId !== null && live !== null && (
        <ConversationPane
          key={selectedId}
          connection={live}
          conversationId={selectedId}
          row={rows.get(selectedId) ?? null}
          onBack={() => {
            if (isPhone) route(paths.view(view))
            else rowNode(selectedId)?.focus()
          }}
          onRead={() => inbox.markRead(selectedId)}
          onNext={() => {
            const next =
              neighbour(shownOrder.peek(), selectedId, 1) ?? neighbour(shownOrder.peek(), selectedId, -1)
            if (next !== undefined) select(next)
          }}
          onResolved={() => {
            const next =
              neighbour(shownOrder.peek(), selectedId, 1) ?? neighbour(shownOrder.peek(), selectedId, -1)
            if (next !== undefined) requestAnimationFrame(() => rowNode(next)?.focus())
          }}
        />
      )}
      {selectedId === null && !isPhone && (
        <section class={styles.none}>
          <Empty icon={MessagesSquare} title="No conversation is open">
            {nextKeys === undefined
              ? 'Choose one from the list.'
              : `Choose one from the list, or press ${nextKeys.replaceAll('+', ' ')} for the first.`}
          </Empty>
        </section>
      )}
    </div>
  )
}

/** The tabs of a vendor's people and of moderators would not all fit in words. */
const signs: Partial<Record<InboxView, string>> = { mentions: '@', rooms: '#' }

function tabsOf(views: readonly InboxView[]) {
  const counts = inboxCounts.value
  return views.map((id) => ({
    id,
    label: inboxViewNames[id],
    sign: signs[id],
    count: countOf(id, counts),
  }))
}

/** Of mentions only those count that are still to be read. */
function countOf(view: InboxView, counts: InboxCounts | null): number | string | undefined {
  if (view === 'closed' || counts === null) return undefined
  if ((view === 'mentions' || view === 'rooms') && counts[view] === 0) return undefined
  return shownCount(counts[view])
}

/** The server counts no further than a thousand. */
function shownCount(count: number): number | string {
  return count < 1_000 ? count : '999+'
}

function neighbour(order: readonly string[], id: string | null, step: 1 | -1): string | undefined {
  if (id === null) return order[0]
  const at = order.indexOf(id)
  return at < 0 ? order[0] : order[at + step]
}

interface Moving {
  selectedId: string | null
  view: InboxView
  views: readonly InboxView[]
  rows: ReadonlyMap<string, Pick<InboxRow, 'unread' | 'mention'>>
  select: (id: string) => void
  show: (view: InboxView) => void
}

function useMoving({ selectedId, view, views, rows, select, show }: Moving): void {
  const go = (step: 1 | -1) => {
    const next = neighbour(shownOrder.peek(), selectedId, step)
    if (next === undefined) return
    const hadFocus = document.activeElement?.closest('[data-row]') != null
    select(next)
    if (hadFocus) requestAnimationFrame(() => rowNode(next)?.focus())
  }
  useConsoleCommands('inbox', [
    { group: 'Inbox', label: 'Next conversation', icon: ArrowDown, shortcut: 'next', run: () => go(1) },
    {
      group: 'Inbox',
      label: 'Previous conversation',
      icon: ArrowUp,
      shortcut: 'previous',
      run: () => go(-1),
    },
    {
      group: 'Inbox',
      label: 'Next unread',
      icon: MessageSquareDot,
      shortcut: 'nextUnread',
      run: () => {
        const order = shownOrder.peek()
        const from = selectedId === null ? 0 : order.indexOf(selectedId) + 1
        const next = [...order.slice(from), ...order.slice(0, from)].find((id) => {
          const row = rows.get(id)
          return row !== undefined && isUnread(row)
        })
        if (next !== undefined) select(next)
      },
    },
    {
      group: 'Inbox',
      label: 'Next tab',
      icon: PanelsTopLeft,
      shortcut: 'nextTab',
      run: () => show(views[(views.indexOf(view) + 1) % views.length] ?? 'mine'),
    },
    ...views.map((id) => ({
      group: 'Go to' as const,
      label: `${inboxViewNames[id]} in the inbox`,
      icon: PanelsTopLeft,
      run: () => show(id),
    })),
  ])
}
