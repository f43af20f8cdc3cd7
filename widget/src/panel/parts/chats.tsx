import type { InboxRow } from '@parley/shared/protocol/reading.ts'
import { locale, say } from '../../i18n/words.ts'
import { partyOf } from '../own.ts'
import { getState, show } from '../state.ts'
import { clock, daysBetween } from '../when.ts'
import { Tile } from './header.tsx'

/** The chats that go on, under who else can be asked. */
export function Chats() {
  const { rows } = getState()
  const open = rows.filter((row) => row.unread > 0 || row.status !== 'closed').slice(0, 3)
  if (rows.length === 0) return null
  return (
    <section>
      <h3>{say('yourChats')}</h3>
      <Rows rows={open} />
      {rows.length > open.length && (
        <button type="button" class="link" onClick={() => show({ name: 'past' })}>
          {say('allChats')}
        </button>
      )}
    </section>
  )
}

export function Rows({ rows }: { rows: InboxRow[] }) {
  return (
    <ul>
      {rows.map((row) => (
        <li key={row.conversationId}>
          <Row row={row} />
        </li>
      ))}
    </ul>
  )
}

function Row({ row }: { row: InboxRow }) {
  const { with: counterpart, lastMessage, unread, updatedAt, conversationId } = row
  const at = new Date(lastMessage?.at ?? updatedAt)
  const isToday = daysBetween(at, new Date()) === 0
  return (
    <button type="button" class="row" onClick={() => show({ name: 'chat', conversationId })}>
      <Tile party={partyOf(counterpart.kind)} size="large" />
      <span>
        <strong>
          <bdi>{counterpart.name}</bdi>
        </strong>
        <span class="cut" dir="auto">
          {lastMessage?.text || say('noMessage')}
        </span>
      </span>
      <span class="end">
        <small>
          {isToday
            ? clock(at)
            : new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' }).format(at)}
        </small>
        {unread > 0 && (
          <em>
            {unread > 9 ? '9+' : unread}
            <i class="aside">{say('unreadIn', unread)}</i>
          </em>
        )}
      </span>
    </button>
  )
}
