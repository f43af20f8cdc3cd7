import type { MemberRole } from '@parley/shared/people.ts'
import { Eye, Hourglass, Moon, RotateCcw, Shield, ShieldAlert, UserCheck, UserPlus } from 'lucide'
import { useEffect, useState } from 'preact/hooks'
import { accept, decline, reopen, take, unsnooze } from '../acts/conversation-acts.ts'
import { firstName } from '../inbox/row-words.ts'
import { shownKeys } from '../keys/shown-keys.ts'
import { Button } from '../parts/button.tsx'
import { Icon } from '../parts/icon.tsx'
import { paths } from '../paths.ts'
import { comingTime, counted } from '../times.ts'
import styles from './banner.module.css'
import { beforeReply } from './can-reply.ts'
import type { Subject } from './subject.ts'

/** What stands between this person and a reply, and the one button that settles it. */
export function Banner({ subject, ownId, role }: { subject: Subject; ownId: string; role: MemberRole }) {
  const { conversationId } = subject
  const before = beforeReply(subject, ownId, role)
  switch (before?.step) {
    case 'accept':
      return <Offer conversationId={conversationId} untilAt={before.untilAt} name={subject.customer.name} />
    case 'take':
      return (
        <div class={styles.banner}>
          <Icon node={Hourglass} size={16} />
          <p class={styles.words}>
            <b>Waiting in {subject.queue.name}.</b> A reply takes it.
          </p>
          <Act label="Take" shortcut={shownKeys('take')} run={() => take(conversationId, null)} />
        </div>
      )
    case 'takeOver':
      return (
        <div class={styles.banner}>
          <Icon node={UserCheck} size={16} />
          <p class={styles.words}>
            <b>Assigned to {before.from.name}.</b> Take over to reply.
          </p>
          <Act
            label={`Take over from ${firstName(before.from.name)}`}
            run={() => take(conversationId, before.from.memberId)}
          />
        </div>
      )
    case 'wait':
      return (
        <div class={styles.banner}>
          <Icon node={UserPlus} size={16} />
          <p class={styles.words}>
            <b>Offered to {before.offeredTo.name}.</b> Take it now if you should answer instead.
          </p>
          <Act label="Take" shortcut={shownKeys('take')} run={() => take(conversationId, null)} />
        </div>
      )
    case 'handBack':
      return (
        <div class={`${styles.banner} ${styles.moderated}`} role="status">
          <Icon node={ShieldAlert} size={16} />
          <p class={styles.words}>
            <b>{before.by.name}, a moderator, has taken over.</b> You can read here. What you have written is
            kept until it is handed back.
          </p>
        </div>
      )
    case 'watch':
      return (
        <div class={`${styles.banner} ${styles.moderated}`}>
          <Icon node={Eye} size={16} />
          <p class={styles.words}>
            <b>You are watching.</b> {subject.customer.name} and {subject.with.name} do not see you. It is
            logged.
          </p>
          <a class={styles.link} href={paths.moderated(conversationId)}>
            Moderate
          </a>
        </div>
      )
    case 'reopen':
      return (
        <div class={styles.banner}>
          <Icon node={RotateCcw} size={16} />
          <p class={styles.words}>
            <b>This conversation is closed.</b> Reopen it to write.
          </p>
          <Act label="Reopen" shortcut={shownKeys('resolve')} run={() => reopen(conversationId)} />
        </div>
      )
    case undefined:
      if (subject.moderation?.stage === 'joined' && subject.moderation.moderator?.memberId !== ownId)
        return (
          <div class={`${styles.banner} ${styles.moderated}`} role="status">
            <Icon node={Shield} size={16} />
            <p class={styles.words}>
              <b>{subject.moderation.moderator?.name}, a moderator, has joined.</b> You go on answering.
            </p>
          </div>
        )
      return subject.status === 'snoozed' && subject.snoozedUntilAt !== null ? (
        <div class={styles.banner}>
          <Icon node={Moon} size={16} />
          <p class={styles.words}>
            <b>Snoozed until {comingTime(subject.snoozedUntilAt, Date.now())}.</b> A message from{' '}
            {firstName(subject.customer.name)} ends it.
          </p>
          <Act label="End snooze" run={() => unsnooze(conversationId)} />
        </div>
      ) : null
  }
}

function Act({
  label,
  shortcut,
  run,
}: {
  label: string
  shortcut?: string | undefined
  run: () => Promise<boolean>
}) {
  const [isBusy, setBusy] = useState(false)
  return (
    <Button
      size="s"
      variant="primary"
      shortcut={shortcut}
      isBusy={isBusy}
      onClick={async () => {
        setBusy(true)
        await run()
        setBusy(false)
      }}
    >
      {label}
    </Button>
  )
}

function Offer({ conversationId, untilAt, name }: { conversationId: string; untilAt: string; name: string }) {
  const left = useSecondsLeft(untilAt)
  return (
    <div class={`${styles.banner} ${styles.offer}`}>
      <Icon node={UserPlus} size={16} />
      <p class={styles.words}>
        <b>{firstName(name)} is offered to you.</b>{' '}
        <span aria-hidden="true">{left > 0 ? `${left} s left.` : 'Going on to somebody else.'}</span>
        <span class="visually-hidden">
          Until {comingTime(untilAt, Date.now())}. {counted(10 * Math.ceil(left / 10), 'second')} at most.
        </span>
      </p>
      <Act label="Accept" shortcut={shownKeys('take')} run={() => accept(conversationId)} />
      <Button size="s" variant="quiet" onClick={() => void decline(conversationId)}>
        Decline
      </Button>
    </div>
  )
}

function useSecondsLeft(untilAt: string): number {
  const count = () => Math.max(0, Math.ceil((Date.parse(untilAt) - Date.now()) / 1_000))
  const [left, setLeft] = useState(count)
  useEffect(() => {
    setLeft(count())
    const timer = setInterval(() => setLeft(count()), 1_000)
    return () => clearInterval(timer)
  }, [untilAt])
  return left
}
