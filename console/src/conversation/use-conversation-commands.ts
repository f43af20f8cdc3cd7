import { isRoom } from '@parley/shared/conversation/room.ts'
import {
  ArrowLeft,
  Check,
  CheckCheck,
  ClipboardCheck,
  Hourglass,
  MessageSquare,
  Moon,
  PanelRight,
  Paperclip,
  RotateCcw,
  Send,
  StickyNote,
  UserRound,
  UserRoundCheck,
  Users,
} from 'lucide'
import { useLocation } from 'preact-iso'
import { type ConsoleCommand, useConsoleCommands } from '../acts/console-commands.ts'
import { accept, reopen, snooze, type TransferTarget, take, unsnooze } from '../acts/conversation-acts.ts'
import { snoozeChoices } from '../acts/snooze-times.ts'
import { focusComposer } from '../composer/composer.tsx'
import type { ComposerMode } from '../composer/drafts.ts'
import { colleagues } from '../inbox/colleagues.ts'
import { openMenu } from '../parts/menu.tsx'
import { pickReview } from '../reviews/pick-review.ts'
import { me } from '../session.ts'
import { may } from '../settings/parts/may.ts'
import { comingTime } from '../times.ts'
import { beforeReply } from './can-reply.ts'
import type { Subject } from './subject.ts'

export interface ConversationDoings {
  subject: Subject
  ownId: string
  hasNotes: boolean
  onMode: (mode: ComposerMode) => void
  onDetails: () => void
  onResolve: () => void
  onResolveNext: () => void
  onBack: () => void
  onTransfer: (to: TransferTarget | null) => void
  onSnoozeUntil: () => void
}

/** Everything that can be done to the open conversation, for keys and for the command menu. */
export function useConversationCommands(doings: ConversationDoings): void {
  const { route } = useLocation()
  useConsoleCommands('conversation', [
    ...(isRoom(doings.subject)
      ? inRoom(doings)
      : doings.subject.status === 'closed'
        ? whenClosed(doings, route)
        : whenOpen(doings)),
    ...always(doings),
  ])
}

const here = { group: 'This conversation' } as const

function always({ onDetails, onBack }: ConversationDoings): ConsoleCommand[] {
  return [
    { ...here, label: 'Details', icon: PanelRight, shortcut: 'details', run: onDetails },
    { ...here, label: 'Back to list', icon: ArrowLeft, shortcut: 'back', isUnlisted: true, run: onBack },
  ]
}

/** Nothing there is taken, passed on, snoozed or resolved by a key. */
function inRoom({ subject, hasNotes, onMode }: ConversationDoings): ConsoleCommand[] {
  if (subject.status === 'closed') return []
  const write = (mode: ComposerMode) => () => {
    onMode(mode)
    focusComposer()
  }
  return [
    { ...here, label: 'Reply', icon: MessageSquare, shortcut: 'reply', run: write('reply') },
    ...(hasNotes
      ? [{ ...here, label: 'Note', icon: StickyNote, shortcut: 'note' as const, run: write('note') }]
      : []),
  ]
}

function whenClosed({ subject }: ConversationDoings, route: (path: string) => void): ConsoleCommand[] {
  return [
    {
      ...here,
      label: 'Reopen',
      icon: RotateCcw,
      shortcut: 'resolve',
      run: () => void reopen(subject.conversationId),
    },
    ...(may('review.write')
      ? [
          {
            ...here,
            label: 'Review this conversation',
            icon: ClipboardCheck,
            run: () => void pickReview(subject.conversationId, route),
          },
        ]
      : []),
  ]
}

function whenOpen(doings: ConversationDoings): ConsoleCommand[] {
  const { subject, ownId, onMode, onTransfer } = doings
  const { conversationId, assignee } = subject
  const write = (mode: ComposerMode) => () => {
    onMode(mode)
    // Before the next key: the first letters of an answer are no shortcuts.
    focusComposer()
  }
  const before = beforeReply(subject, ownId, me.peek()?.role)
  const takeIt = () =>
    void (before?.step === 'accept'
      ? accept(conversationId)
      : take(conversationId, assignee?.memberId ?? null))
  const taking: ConsoleCommand[] =
    before === null || before.step === 'handBack' || before.step === 'watch'
      ? []
      : [
          {
            ...here,
            label:
              before.step === 'takeOver'
                ? `Take over from ${before.from.name}`
                : before.step === 'accept'
                  ? 'Accept the offer'
                  : 'Take',
            icon: before.step === 'accept' ? Hourglass : UserRoundCheck,
            // Taking from a colleague is never one stray letter away.
            ...(before.step === 'takeOver' ? {} : { shortcut: 'take' as const }),
            run: takeIt,
          },
        ]
  const { members, queues } = colleagues.value
  return [
    { ...here, label: 'Reply', icon: MessageSquare, shortcut: 'reply', run: write('reply') },
    ...(doings.hasNotes
      ? [{ ...here, label: 'Note', icon: StickyNote, shortcut: 'note' as const, run: write('note') }]
      : []),
    ...taking,
    { ...here, label: 'Resolve', icon: Check, shortcut: 'resolve', run: doings.onResolve },
    {
      ...here,
      label: 'Resolve and open next',
      icon: CheckCheck,
      shortcut: 'resolveNext',
      run: doings.onResolveNext,
    },
    {
      ...here,
      label: 'Assign',
      icon: UserRound,
      shortcut: 'assign',
      isUnlisted: true,
      run: () => void (openMenu('assign') || onTransfer(null)),
    },
    {
      ...here,
      label: 'Snooze',
      icon: Moon,
      shortcut: 'snooze',
      isUnlisted: true,
      run: () => void (openMenu('snooze') || doings.onSnoozeUntil()),
    },
    {
      ...here,
      label: 'Attach a file',
      icon: Paperclip,
      shortcut: 'attach',
      run: () => document.querySelector<HTMLElement>('[data-attach]')?.click(),
    },
    ...snoozeChoices(new Date()).map(({ label, until }) => ({
      ...here,
      label: `Snooze: ${label.toLowerCase()}`,
      detail: comingTime(until.toISOString(), Date.now()),
      icon: Moon,
      run: () => void snooze(conversationId, until),
    })),
    { ...here, label: 'Snooze: until a date…', icon: Moon, run: doings.onSnoozeUntil },
    ...(subject.status === 'snoozed'
      ? [{ ...here, label: 'End snooze', icon: Moon, run: () => void unsnooze(conversationId) }]
      : []),
    { ...here, label: 'Pass on…', icon: Send, run: () => onTransfer(null) },
    ...members
      .filter(({ memberId }) => memberId !== ownId && memberId !== assignee?.memberId)
      .map((member) => ({
        ...here,
        label: `Assign to ${member.name}`,
        detail: member.isAvailable ? 'Available' : 'Away or full',
        icon: UserRound,
        run: () => onTransfer({ kind: 'member', memberId: member.memberId }),
      })),
    ...queues.map((queue) => ({
      ...here,
      label: `Assign to ${queue.name}`,
      detail: 'Queue',
      icon: Users,
      run: () => onTransfer({ kind: 'queue', queueId: queue.queueId }),
    })),
  ]
}
