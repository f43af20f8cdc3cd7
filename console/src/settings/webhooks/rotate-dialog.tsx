import type { Webhook } from '@parley/shared/protocol/webhooks.ts'
import { useState } from 'preact/hooks'
import { ask } from '../../connection.ts'
import { Select } from '../../parts/field.tsx'
import { DialogForm } from '../parts/dialog-form.tsx'
import { requestId } from '../parts/request-id.ts'

export function RotateDialog(props: {
  webhook: Webhook
  onClose: () => void
  onRotated: (webhook: Webhook, secret: string) => void
}) {
  const { webhook, onClose, onRotated } = props
  const [keepHours, setKeepHours] = useState(24)
  return (
    <DialogForm
      title={`New secret for ${webhook.label}`}
      act="Make a new secret"
      value={keepHours}
      check={() => ({})}
      save={async (hours) => {
        const { webhookId } = webhook
        const outcome = await ask('rotateWebhookSecret', {
          requestId: requestId(),
          webhookId,
          keepHours: hours,
        })
        if (!outcome.ok) return outcome.refusal
        onRotated(outcome.value.webhook, outcome.value.secret)
        return null
      }}
      onClose={onClose}
    >
      {() => (
        <Select
          label="The secret it has now"
          help="While both sign, your server can take the new one without missing an event."
          value={String(keepHours)}
          onChange={(event) => setKeepHours(Number(event.currentTarget.value))}
        >
          <option value="24">signs beside the new one for 24 hours</option>
          <option value="168">signs beside the new one for 7 days</option>
          <option value="0">ends at once, because somebody else may have it</option>
        </Select>
      )}
    </DialogForm>
  )
}
