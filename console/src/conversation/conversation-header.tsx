import {
  ArrowLeft,
  CalendarClock,
  Check,
  ChevronDown,
  Copy,
  Ellipsis,
  Flag,
  Hand,
  Hourglass,
  Moon,
  PanelRight,
  RotateCcw,
  Send,
  UserRoundCheck,
  Users,
} from 'lucide'
import { reopen, snooze, type TransferTarget, take, unsnooze } from '../acts/conversation-acts.ts'
import { snoozeChoices } from '../acts/snooze-times.ts'
import { type Colleagues, colleagues, refreshColleagues } from '../inbox/colleagues.ts'
import { firstName } from '../inbox/row-words.ts'
import { shownKeys } from '../keys/shown-keys.ts'
import { moderate } from '../moderation/acts.ts'
import type { ReasonWish } from '../moderation/reason-dialog.tsx'
import { handWish, reportWish } from '../moderation/reason-wishes.ts'
import { Avatar } from '../parts/avatar.tsx'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { IconButton } from '../parts/icon-button.tsx'
import type { MenuGroup } from '../parts/menu.tsx'
import { Menu } from '../parts/menu.tsx'
import { PartyTag } from '../parts/party-tag.tsx'
import { showToast } from '../parts/toast.tsx'
import { me } from '../session.ts'
import { comingTime } from '../times.ts'
import styles from './conversation-header.module.css'
import { IdentityMark } from './identity-mark.tsx'
import { roomWord, titleOf } from './room-words.ts'
import type { Subject } from './subject.ts'

export interface ConversationHeaderProps {
  subject: Subject
  ownId: string
  isPhone: boolean
  /** Too narrow for every control: assigning and snoozing move into “More”. */
  isNarrow: boolean
  hasDetailsButton: boolean
  isDetailsOpen: boolean
  onBack: () => void
  onDetails: () => void
  onResolve: () => void
  onTransfer: (to: TransferTarget | null) => void
  onSnoozeUntil: () => void
  /** Asks why before it is done. */
  onReason: (wish: ReasonWish) => void
}

export function ConversationHeader(props: ConversationHeaderProps) {
  const { subject, isPhone, isNarrow } = props
  const { customer } = subject
  const word = roomWord(subject)
  const title = titleOf(subject, me.value ?? null)
  // In a room nobody answers: there is nothing to take, to pass on or to resolve, but for those who moderate.
  const mayEnd = word === null || me.value?.role !== 'vendor'
  const party = customer.role === 'vendor' ? 'vendor' : 'buyer'
  const isClosed = subject.status === 'closed'
  // Taken over by a moderator: the vendor reads, and nothing else is theirs.
  const isLocked = me.value?.role === 'vendor' && subject.moderation?.stage === 'takenOver'
  // On a phone the list, and its heading, is away.
  const Heading = isPhone ? 'h1' : 'h2'
  return (
    <header class={styles.header}>
      {isPhone && <IconButton icon={ArrowLeft} label="Back to the list" onClick={props.onBack} />}
      <div class={styles.who}>
        <Heading class={styles.name} title={title}>
          <bdi>{title}</bdi>
        </Heading>
        <span class={styles.tags}>
          {word === null ? <PartyTag party={party} /> : <span class={styles.room}>{word}</span>}
          {word === null && <IdentityMark isVerified={customer.isVerified} class={styles.tagWord} />}
        </span>
      </div>
      <div class={styles.acts}>
        {word === null && !isClosed && !isLocked && !isPhone && <AssigneeMenu {...props} />}
        {word === null && !isClosed && !isLocked && !isNarrow && <SnoozeMenu {...props} />}
        <MoreMenu {...props} />
        {props.hasDetailsButton && (
          <IconButton
            icon={PanelRight}
            label="Details"
            shortcut={shownKeys('details')}
            isPressed={props.isDetailsOpen}
            onClick={props.onDetails}
          />
        )}
        {isLocked || !mayEnd ? null : isClosed ? (
          <Button
            icon={RotateCcw}
            shortcut={shownKeys('resolve')}
            onClick={() => void reopen(subject.conversationId)}
          >
            Reopen
          </Button>
        ) : (
          <Button icon={Check} shortcut={shownKeys('resolve')} onClick={props.onResolve}>
            Resolve
          </Button>
        )}
      </div>
    </header>
  )
}

/** Calling the moderators: a colleague's raised hand, a vendor's report. */
function helpItems(subject: Subject, onReason: (wish: ReasonWish) => void): MenuGroup['items'] {
  const who = me.value
  if (!who) return []
  if (who.role === 'vendor')
    return [{ label: 'Report…', icon: Flag, onSelect: () => onReason(reportWish(subject, who.siteName)) }]
  const { conversationId, hand } = subject
  return hand
    ? [
        {
          label: 'Lower the hand',
          icon: Hand,
          onSelect: () => void moderate('lowerHand', { conversationId }),
        },
      ]
    : [{ label: 'Raise a hand…', icon: Hand, onSelect: () => onReason(handWish(subject)) }]
}

function AssigneeMenu({ subject, ownId, onTransfer }: ConversationHeaderProps) {
  const { assignee, conversationId } = subject
  const isMine = assignee?.memberId === ownId
  const word = isMine ? 'Mine' : assignee ? firstName(assignee.name) : 'Nobody yet'
  return (
    <Menu
      label="Assign"
      name="assign"
      align="end"
      groups={assignGroups(
        subject,
        ownId,
        onTransfer,
        () => void take(conversationId, assignee?.memberId ?? null),
      )}
      trigger={(trigger) => (
        <button
          type="button"
          {...trigger}
          class={styles.assignee}
          title="Assign (A)"
          aria-label={`Assigned to: ${isMine ? 'you' : word}`}
          onClick={(event) => {
            void refreshColleagues()
            trigger.onClick(event)
          }}
        >
          {assignee ? (
            <Avatar name={assignee.name} party={assignee.party} size={28} hasBadge={false} />
          ) : (
            <Icon node={Hourglass} size={16} />
          )}
          <span class={styles.assigneeWord}>{word}</span>
          <Icon node={ChevronDown} size={14} class={styles.assigneeWord} />
        </button>
      )}
    />
  )
}

export function assignGroups(
  subject: Subject,
  ownId: string,
  onTransfer: (to: TransferTarget) => void,
  onTake: () => void,
): MenuGroup[] {
  const { members, queues } = colleagues.value
  const assigneeId = subject.assignee?.memberId
  const mine: MenuGroup[] =
    assigneeId === ownId
      ? []
      : [
          {
            items: [
              {
                label: subject.assignee ? `Take over from ${subject.assignee.name}` : 'Take it',
                icon: UserRoundCheck,
                // Taking from a colleague has no key.
                shortcut: subject.assignee ? undefined : shownKeys('take'),
                onSelect: onTake,
              },
            ],
          },
        ]
  return [
    ...mine,
    {
      heading: 'Pass on to a person',
      items: members
        .filter(({ memberId }) => memberId !== ownId && memberId !== assigneeId)
        .map((member) => ({
          label: member.name,
          detail: !member.isOnline ? 'Not here now' : member.isAvailable ? 'Available' : 'Away or full',
          onSelect: () => onTransfer({ kind: 'member', memberId: member.memberId }),
        })),
    },
    ...queueGroups(subject, queues, onTransfer),
  ].filter((group) => group.items.length > 0)
}

/** A vendor passes on to its own shop or to the marketplace, and sees which is which. */
function queueGroups(
  subject: Subject,
  queues: Colleagues['queues'],
  onTransfer: (to: TransferTarget) => void,
): MenuGroup[] {
  const who = me.value
  const open = queues.filter(({ queueId }) => queueId !== subject.queue.id || subject.assignee !== null)
  const items = (wanted: typeof open) =>
    wanted.map(({ queueId, name }) => ({
      label: name,
      icon: Users,
      onSelect: () => onTransfer({ kind: 'queue', queueId }),
    }))
  if (who?.role !== 'vendor') return [{ heading: 'Pass on to a queue', items: items(open) }]
  return [
    { heading: 'Back to your shop', items: items(open.filter(({ kind }) => kind === 'vendor')) },
    { heading: `Pass on to ${who.siteName}`, items: items(open.filter(({ kind }) => kind === 'support')) },
  ]
}

function SnoozeMenu({ subject, onSnoozeUntil }: ConversationHeaderProps) {
  const { conversationId } = subject
  const isSnoozed = subject.status === 'snoozed'
  const items = snoozeChoices(new Date()).map(({ label, until }) => ({
    label,
    detail: comingTime(until.toISOString(), Date.now()),
    onSelect: () => void snooze(conversationId, until),
  }))
  return (
    <Menu
      label="Snooze"
      name="snooze"
      align="end"
      groups={[
        { items: [...items, { label: 'Until a date…', icon: CalendarClock, onSelect: onSnoozeUntil }] },
        ...(isSnoozed
          ? [{ items: [{ label: 'End snooze', onSelect: () => void unsnooze(conversationId) }] }]
          : []),
      ]}
      trigger={(trigger) => (
        <IconButton {...trigger} icon={Moon} label="Snooze" shortcut={shownKeys('snooze')} />
      )}
    />
  )
}

function MoreMenu({ subject, isNarrow, onTransfer, onSnoozeUntil, onReason }: ConversationHeaderProps) {
  const { conversationId } = subject
  const isClosed = subject.status === 'closed'
  const copy = (text: string, what: string) =>
    navigator.clipboard.writeText(text).then(
      () => showToast({ text: `${what} copied` }),
      () => showToast({ text: 'The browser did not allow copying' }),
    )
  return (
    <Menu
      label="More"
      align="end"
      groups={[
        {
          items:
            isClosed || roomWord(subject) !== null
              ? []
              : [
                  { label: 'Pass on…', icon: Send, onSelect: () => onTransfer(null) },
                  ...(isNarrow ? [{ label: 'Snooze…', icon: Moon, onSelect: onSnoozeUntil }] : []),
                ],
        },
        { items: helpItems(subject, onReason) },
        {
          items: [
            { label: 'Copy link', icon: Copy, onSelect: () => void copy(location.href, 'Link') },
            { label: 'Copy conversation id', icon: Copy, onSelect: () => void copy(conversationId, 'Id') },
          ],
        },
      ].filter((group) => group.items.length > 0)}
      trigger={(trigger) => <IconButton {...trigger} icon={Ellipsis} label="More" />}
    />
  )
}
