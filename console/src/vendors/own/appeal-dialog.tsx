import type { OwnVendor } from '@parley/shared/protocol/vendors.ts'
import { useState } from 'preact/hooks'
import { ask } from '../../connection.ts'
import { TextArea } from '../../parts/field.tsx'
import { DialogForm } from '../../settings/parts/dialog-form.tsx'
import { requestId } from '../../settings/parts/request-id.ts'

export function AppealDialog(props: { onClose: () => void; onDone: (vendor: OwnVendor) => void }) {
  const [text, setText] = useState('')
  return (
    <DialogForm
      title="Appeal"
      act="Send the appeal"
      width={640}
      value={{ text }}
      check={(value) => (value.text.trim() === '' ? { text: 'Write what should be looked at again.' } : {})}
      save={async (value) => {
        const outcome = await ask('appealAsVendor', { requestId: requestId(), text: value.text })
        if (outcome.ok) props.onDone(outcome.value)
        return outcome.ok ? null : outcome.refusal
      }}
      onClose={props.onClose}
    >
      {(error) => (
        <TextArea
          label="What should be looked at again?"
          data-focus-first
          rows={6}
          maxLength={5000}
          help="Somebody decides who did not decide before. You can appeal each decision once."
          value={text}
          error={error('text')}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      )}
    </DialogForm>
  )
}
