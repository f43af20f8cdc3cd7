import { useState } from 'preact/hooks'
import { ask } from '../../connection.ts'
import { Field } from '../../parts/field.tsx'
import { DialogForm } from '../parts/dialog-form.tsx'
import { requestId } from '../parts/request-id.ts'
import { checkWish } from '../parts/wish-errors.ts'

export interface Holding {
  command: 'holdPerson' | 'releasePerson'
  contactId: string
  name: string
}

const words = {
  holdPerson: {
    title: (name: string) => `Put ${name} under a legal hold?`,
    act: 'Hold',
    effect:
      'While it lasts nothing of theirs goes by itself, and nobody can erase them: words, files, name and address, also from before they signed in.',
    placeholder: 'Order of the court of 26 November',
    help: 'Stands beside the hold and in the audit log. Leave the person’s name out of it.',
  },
  releasePerson: {
    title: (name: string) => `Release ${name} from the legal hold?`,
    act: 'Release',
    effect: 'What is over its time goes within the hour, and they can be erased again.',
    placeholder: 'Decided on 26 November',
    help: 'Kept in the audit log. Leave the person’s name out of it.',
  },
} as const

export function HoldDialog(props: Holding & { onClose: () => void; onDone: () => void }) {
  const { command, contactId, name } = props
  const [reason, setReason] = useState('')
  const { title, act, effect, placeholder, help } = words[command]
  return (
    <DialogForm
      title={title(name)}
      act={act}
      value={{ reason }}
      check={(value) =>
        value.reason.trim() === ''
          ? { reason: 'Write why: the audit log keeps it.' }
          : checkWish(command, { requestId: requestId(), contactId, reason: value.reason })
      }
      save={async (value) => {
        const outcome = await ask(command, { requestId: requestId(), contactId, reason: value.reason })
        if (outcome.ok) props.onDone()
        return outcome.ok ? null : outcome.refusal
      }}
      onClose={props.onClose}
    >
      {(error, leave) => (
        <>
          <p>{effect}</p>
          <Field
            label="Why"
            data-focus-first
            placeholder={placeholder}
            help={help}
            value={reason}
            error={error('reason')}
            onBlur={() => reason !== '' && leave('reason')}
            onInput={(event) => setReason(event.currentTarget.value)}
          />
        </>
      )}
    </DialogForm>
  )
}
