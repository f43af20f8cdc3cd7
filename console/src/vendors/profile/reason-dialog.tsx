import type { Refusal } from '@parley/shared/protocol/refusals.ts'
import { useState } from 'preact/hooks'
import { TextArea } from '../../parts/field.tsx'
import { DialogForm } from '../../settings/parts/dialog-form.tsx'

/** An act on record is asked why. Null when it was done. */
export function ReasonDialog(props: {
  title: string
  act: string
  label: string
  help: string
  onClose: () => void
  onDone: (reason: string) => Promise<Refusal | null>
}) {
  const [reason, setReason] = useState('')
  return (
    <DialogForm
      title={props.title}
      act={props.act}
      value={{ reason }}
      check={({ reason: given }) => (oneLine(given) === '' ? { reason: 'Write the reason.' } : {})}
      save={({ reason: given }) => props.onDone(oneLine(given))}
      onClose={props.onClose}
    >
      {(error) => (
        <TextArea
          label={props.label}
          data-focus-first
          rows={3}
          maxLength={500}
          help={props.help}
          value={reason}
          error={error('reason')}
          onInput={(event) => setReason(event.currentTarget.value)}
        />
      )}
    </DialogForm>
  )
}

/** A reason stands in one line of the record. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
