import type { InboxRow as Row } from '@parley/shared/protocol/reading.ts'
import { Clock, type IconNode, MessageSquare, Moon, Tag, TriangleAlert } from 'lucide'
import { titleOf } from '../conversation/room-words.ts'
import { Avatar } from '../parts/avatar.tsx'
import { classes } from '../parts/classes.ts'
import { Icon } from '../parts/icon.tsx'
import { partyWords } from '../parts/party.ts'
import { me } from '../session.ts'
import styles from './inbox-row.module.css'
import { chipOf, firstName, previewOf } from './row-words.ts'
import { type WaitForm, waitOf } from './wait.ts'

const waitIcons: Record<WaitForm, IconNode | null> = {
  plain: null,
  due: Clock,
  over: TriangleAlert,
  others: MessageSquare,
  snoozed: Moon,
  closed: null,
}

export interface InboxRowProps {
  row: Row
  href: string
  now: number
  ownId: string
  isSelected: boolean
  /** Has the list's one tab stop. */
  isStop: boolean
  showsAssignee: boolean
  onPreload: () => void
}

export function InboxRow({
  row,
  href,
  now,
  ownId,
  isSelected,
  isStop,
  showsAssignee,
  onPreload,
}: InboxRowProps) {
  const wait = waitOf(row, now)
  const waitIcon = waitIcons[wait.form]
  const party = row.customer.role === 'vendor' ? 'vendor' : 'buyer'
  const title = titleOf(row, me.value ?? null)
  const isUnread = row.unread > 0 && row.status !== 'closed'
  const isBold = isUnread || row.mention === 'open'
  const chip = chipOf(row)
  const offered = row.offer?.to.memberId === ownId
  return (
    <a
      href={href}
      class={classes(styles.row, isSelected && styles.selected, isBold && styles.unread)}
      aria-current={isSelected ? 'true' : undefined}
      tabIndex={isStop ? 0 : -1}
      data-row={row.conversationId}
      data-region-focus={isStop || undefined}
      onPointerEnter={onPreload}
      onFocus={onPreload}
    >
      <Avatar name={title} party={party} />
      <span class={styles.lines}>
        <span class={styles.line}>
          <bdi class={styles.name} title={title}>
            {title}
          </bdi>
          <span class={classes(styles.wait, styles[wait.form])} title={wait.spoken}>
            {waitIcon && <Icon node={waitIcon} size={13} />}
            <span aria-hidden="true">{wait.text}</span>
            <span class="visually-hidden">{wait.spoken}</span>
          </span>
        </span>
        <span class={styles.line}>
          <span class={styles.preview} dir="auto">
            {previewOf(row, ownId)}
          </span>
          {row.mention === 'open' && (
            <span class={classes(styles.count, styles.mention)} title="You are mentioned in a note">
              <span aria-hidden="true">@</span>
              <span class="visually-hidden">You are mentioned</span>
            </span>
          )}
          {isUnread && (
            <span class={styles.count}>
              {row.unread > 99 ? '99+' : row.unread}
              <span class="visually-hidden"> unread</span>
            </span>
          )}
        </span>
        <span class={classes(styles.line, styles.third)}>
          <span class={styles.party}>
            {partyWords[party]}
            {showsAssignee && row.assignee && (
              <span class={styles.assignee}>
                {' '}
                · {row.assignee.memberId === ownId ? 'You' : firstName(row.assignee.name)}
              </span>
            )}
          </span>
          {offered && <span class={styles.offered}>Offered to you</span>}
          {chip !== null && (
            <span class={styles.chip} title={chip}>
              <Icon node={Tag} size={11} />
              <span>{chip}</span>
            </span>
          )}
        </span>
      </span>
    </a>
  )
}
