import { useState } from 'preact/hooks'
import { snooze } from '../acts/conversation-acts.ts'
import { asFieldValue, snoozeChoices } from '../acts/snooze-times.ts'
import { Button } from '../parts/button.tsx'
import { Dialog } from '../parts/dialog.tsx'
import { Field } from '../parts/field.tsx'
import styles from './dialogs.module.css'

export interface SnoozeDialogProps {
  conversationId: string
  isOpen: boolean
  onClose: () => void
}

export function SnoozeDialog(props: SnoozeDialogProps) {
  return (
    <Dialog title="Snooze until" isOpen={props.isOpen} onClose={props.onClose}>
      <SnoozeForm {...props} />
    </Dialog>
  )
}

function SnoozeForm({ conversationId, onClose }: SnoozeDialogProps) {
  const tomorrow = snoozeChoices(new Date())[1]?.until ?? new Date()
  const [value, setValue] = useState(asFieldValue(tomorrow))
  const [error, setError] = useState<string | null>(null)
  return (
    <form
      class={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        const until = new Date(value)
        if (Number.isNaN(until.getTime())) return setError('Choose a day and a time.')
        if (until.getTime() <= Date.now()) return setError('Choose a time that is still to come.')
        onClose()
        void snooze(conversationId, until)
      }}
    >
      <Field
        label="Day and time"
        help="In your own time zone. A message from the customer ends the snooze."
        type="datetime-local"
        min={asFieldValue(new Date())}
        value={value}
        error={error}
        data-focus-first
        onInput={(event) => {
          setValue(event.currentTarget.value)
          setError(null)
        }}
      />
      <div class={styles.buttons}>
        <Button variant="quiet" onClick={onClose}>
          Cancel
        </Button>
        <Button variant="primary" type="submit">
          Snooze
        </Button>
      </div>
    </form>
  )
}
