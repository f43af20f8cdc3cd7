import { newRequestId } from '@parley/shared/client/request-id.ts'
import { useEffect, useRef, useState } from 'preact/hooks'
import { type TransferTarget, transfer } from '../acts/conversation-acts.ts'
import { refusalWords } from '../acts/refusal-words.ts'
import { colleagues, refreshColleagues } from '../inbox/colleagues.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Select, TextArea } from '../parts/field.tsx'
import { showToast } from '../parts/toast.tsx'
import styles from './dialogs.module.css'
import type { Subject } from './subject.ts'

export interface TransferDialogProps {
  subject: Subject
  ownId: string
  /** Chosen in a menu before; null lets the person choose here. */
  to: TransferTarget | null
  isOpen: boolean
  onClose: () => void
}

export function TransferDialog(props: TransferDialogProps) {
  return (
    <Dialog title="Pass the conversation on" isOpen={props.isOpen} onClose={props.onClose}>
      <TransferForm {...props} />
    </Dialog>
  )
}

function TransferForm({ subject, ownId, to, onClose }: TransferDialogProps) {
  const { members, queues } = colleagues.value
  const [target, setTarget] = useState(to === null ? '' : keyOf(to))
  const [reason, setReason] = useState('')
  const [wrong, setWrong] = useState<{ target?: string; reason?: string; all?: string }>({})
  const [isBusy, setBusy] = useState(false)
  // Asking again after a lost answer is the same wish.
  const requestId = useRef(newRequestId())
  useEffect(() => void refreshColleagues(), [])

  async function submit(event: SubmitEvent) {
    event.preventDefault()
    const chosen = targetOf(target)
    const missing = {
      ...(chosen === null ? { target: 'Choose who should have it.' } : {}),
      ...(reason.trim() === '' ? { reason: 'Say why, so that nobody has to ask again.' } : {}),
    }
    setWrong(missing)
    if (chosen === null || reason.trim() === '') {
      const form = event.currentTarget as HTMLFormElement
      requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid]')?.focus())
      return
    }
    setBusy(true)
    const refusal = await transfer(
      subject.conversationId,
      chosen,
      reason.trim().replace(/\s+/g, ' '),
      requestId.current,
    )
    setBusy(false)
    if (refusal !== null) {
      setWrong({ all: refusalWords(refusal) })
      if (refusal.code !== 'unavailable') requestId.current = newRequestId()
      return
    }
    showToast({ text: `Passed on to ${nameOf(chosen, colleagues.value)}` })
    onClose()
  }

  return (
    <form class={styles.form} onSubmit={submit} noValidate>
      <Select
        label="To"
        value={target}
        error={wrong.target}
        data-focus-first={to === null || undefined}
        onChange={(event) => {
          setTarget(event.currentTarget.value)
          setWrong({})
        }}
      >
        <option value="">Choose a person or a queue</option>
        <optgroup label="People">
          {members
            .filter(({ memberId }) => memberId !== ownId && memberId !== subject.assignee?.memberId)
            .map((member) => (
              <option key={member.memberId} value={`member ${member.memberId}`}>
                {member.name}
                {member.isAvailable ? '' : ' (away)'}
              </option>
            ))}
        </optgroup>
        <optgroup label="Queues">
          {queues.map((queue) => (
            <option key={queue.queueId} value={`queue ${queue.queueId}`}>
              {queue.name}
            </option>
          ))}
        </optgroup>
      </Select>
      <TextArea
        label="Reason"
        help="Colleagues read it in the conversation. The customer does not."
        rows={3}
        maxLength={500}
        value={reason}
        error={wrong.reason}
        data-focus-first={to !== null || undefined}
        onInput={(event) => setReason(event.currentTarget.value)}
      />
      {wrong.all !== undefined && (
        <p class={styles.error} role="alert">
          {wrong.all}
        </p>
      )}
      <div class={styles.buttons}>
        <Button variant="quiet" onClick={onClose}>
          Cancel
        </Button>
        <Button variant="primary" type="submit" isBusy={isBusy}>
          Pass on
        </Button>
      </div>
    </form>
  )
}

function keyOf(to: TransferTarget): string {
  return to.kind === 'member' ? `member ${to.memberId}` : `queue ${to.queueId}`
}

function targetOf(key: string): TransferTarget | null {
  const [kind, id] = key.split(' ')
  if (id === undefined) return null
  return kind === 'member' ? { kind: 'member', memberId: id } : { kind: 'queue', queueId: id }
}

function nameOf(to: TransferTarget, known: (typeof colleagues)['value']): string {
  const found =
    to.kind === 'member'
      ? known.members.find(({ memberId }) => memberId === to.memberId)
      : known.queues.find(({ queueId }) => queueId === to.queueId)
  return found?.name ?? 'them'
}
