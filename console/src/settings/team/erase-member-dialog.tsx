import type { MemberSettings } from '@parley/shared/protocol/settings.ts'
import { Download } from 'lucide'
import { useState } from 'preact/hooks'
import { ask } from '../../connection.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Field } from '../../parts/field.tsx'
import { Problem, Warning } from '../parts/confirm.tsx'
import { refusalWords } from '../parts/refusal-words.ts'
import { requestId } from '../parts/request-id.ts'
import styles from '../privacy/privacy.module.css'

/** Says what goes and what stays before it is done: there is no way back. */
export function EraseMemberDialog(props: {
  member: MemberSettings
  onExport: () => void
  onClose: () => void
  onErased: () => void
}) {
  const { member, onExport, onClose, onErased } = props
  const [reason, setReason] = useState('')
  const [error, setError] = useState<string>()
  const [problem, setProblem] = useState<string>()
  const [isBusy, setBusy] = useState(false)

  async function erase(): Promise<void> {
    if (reason.trim() === '') return setError('Write why: the audit log keeps it.')
    setBusy(true)
    setProblem(undefined)
    const { memberId } = member
    const outcome = await ask('eraseMember', { requestId: requestId(), memberId, reason })
    setBusy(false)
    if (!outcome.ok) return setProblem(refusalWords(outcome.refusal))
    onErased()
  }

  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`Erase ${member.name}?`}
      width={640}
      footer={
        <>
          <Button data-focus-first onClick={onClose}>
            Cancel
          </Button>
          <Button variant="danger" isBusy={isBusy} onClick={() => void erase()}>
            Erase for good
          </Button>
        </>
      }
    >
      <div class={styles.dialog}>
        <p>
          Gone from everywhere, open screens included: name, address, password and second factor, what they
          learnt, and the words of reviews about them. Where their name stood it says “Former member”.
        </p>
        <p>
          What stays: what they wrote to customers and colleagues, what they decided, and their scores. If
          another site of yours works with the same account, nothing changes there.
        </p>
        <Warning>This cannot be undone. Backups made before keep it until they are replaced.</Warning>
        <Button icon={Download} onClick={onExport}>
          Export it first
        </Button>
        <Field
          label="Why"
          placeholder="Asked by mail on 26 November"
          help="Kept in the audit log. Leave the person’s name out of it."
          value={reason}
          error={error}
          onInput={(event) => {
            setReason(event.currentTarget.value)
            setError(undefined)
          }}
        />
        {problem !== undefined && <Problem>{problem}</Problem>}
      </div>
    </Dialog>
  )
}
