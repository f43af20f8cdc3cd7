import type { Refusal } from '@parley/shared/protocol/refusals.ts'
import { Download } from 'lucide'
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { Button } from '../../parts/button.tsx'
import { Dialog } from '../../parts/dialog.tsx'
import { Field } from '../../parts/field.tsx'
import { Problem, Warning } from './confirm.tsx'
import styles from './erase-dialog.module.css'
import { refusalWords } from './refusal-words.ts'

/** Says what goes and what stays before it is done: there is no way back. */
export function EraseDialog(props: {
  name: string
  /** Two paragraphs: what goes, and what stays. */
  children: ComponentChildren
  /** Null when it was done. */
  erase: (reason: string) => Promise<Refusal | null>
  onExport: () => void
  onClose: () => void
  onErased: () => void
}) {
  const { name, children, erase, onExport, onClose, onErased } = props
  const [reason, setReason] = useState('')
  const [error, setError] = useState<string>()
  const [problem, setProblem] = useState<string>()
  const [isBusy, setBusy] = useState(false)

  async function press(): Promise<void> {
    if (reason.trim() === '') return setError('Write why: the audit log keeps it.')
    setBusy(true)
    setProblem(undefined)
    const refusal = await erase(reason)
    setBusy(false)
    if (refusal !== null) return setProblem(refusalWords(refusal))
    onErased()
  }

  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={`Erase ${name}?`}
      width={640}
      footer={
        <>
          <Button data-focus-first onClick={onClose}>
            Cancel
          </Button>
          <Button variant="danger" isBusy={isBusy} onClick={() => void press()}>
            Erase for good
          </Button>
        </>
      }
    >
      <div class={styles.dialog}>
        {children}
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
