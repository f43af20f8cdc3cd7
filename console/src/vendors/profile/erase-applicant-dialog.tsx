import type { VendorProfile } from '@parley/shared/protocol/vendors.ts'
import { Download } from 'lucide'
import { useState } from 'preact/hooks'
import { ask } from '../../connection.ts'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Field } from '../../parts/field.tsx'
import { Problem, Warning } from '../../settings/parts/confirm.tsx'
import { refusalWords } from '../../settings/parts/refusal-words.ts'
import { requestId } from '../../settings/parts/request-id.ts'
import styles from '../../settings/privacy/privacy.module.css'

/** Says what goes and what stays before it is done: there is no way back. */
export function EraseApplicantDialog(props: {
  vendor: VendorProfile
  onExport: () => void
  onClose: () => void
  onErased: () => void
}) {
  const { vendor, onExport, onClose, onErased } = props
  const [reason, setReason] = useState('')
  const [error, setError] = useState<string>()
  const [problem, setProblem] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const wasAdmitted = vendor.queueId !== null
  const isOpen = vendor.state === 'applied' || vendor.state === 'underReview'

  async function erase(): Promise<void> {
    if (reason.trim() === '') return setError('Write why: the audit log keeps it.')
    setBusy(true)
    setProblem(undefined)
    const { vendorId } = vendor
    const outcome = await ask('eraseApplicant', { requestId: requestId(), vendorId, reason })
    setBusy(false)
    if (!outcome.ok) return setProblem(refusalWords(outcome.refusal))
    onErased()
  }

  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Erase this application?"
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
          Gone from everywhere: {wasAdmitted ? 'the name, addresses' : 'the names, addresses'} and words of
          the application, every document, what was asked and answered, and the reasons on record.{' '}
          {isOpen && 'The application is refused, and its link opens nothing any more.'}
        </p>
        <p>
          What stays: that somebody applied, when, and what was decided
          {wasAdmitted ? ', and the name of the shop that buyers wrote to.' : '.'}
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
