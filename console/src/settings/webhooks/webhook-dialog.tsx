import type { Webhook, WebhookEventType } from '@parley/shared/protocol/webhooks.ts'
import { useState } from 'preact/hooks'
import { ask } from '../../connection.ts'
import { CheckList } from '../../parts/check-list.tsx'
import { Field } from '../../parts/field.tsx'
import { Problem } from '../parts/confirm.tsx'
import { DialogForm } from '../parts/dialog-form.tsx'
import { requestId } from '../parts/request-id.ts'
import { checkWish } from '../parts/wish-errors.ts'
import { eventGroups } from './event-words.ts'

interface Wanted {
  url: string
  label: string
  eventTypes: WebhookEventType[]
}

/** Makes one, or changes the one that is given. */
export function WebhookDialog(props: {
  webhook: Webhook | undefined
  onClose: () => void
  onSaved: (webhook: Webhook, secret?: string) => void
}) {
  const { webhook, onClose, onSaved } = props
  const [value, setValue] = useState<Wanted>({
    url: webhook?.url ?? '',
    label: webhook?.label ?? '',
    eventTypes: webhook?.eventTypes ?? ['conversationStarted', 'messageSent', 'conversationClosed'],
  })

  async function save(wanted: Wanted) {
    if (webhook === undefined) {
      const made = await ask('createWebhook', { requestId: requestId(), ...wanted })
      if (!made.ok) return made.refusal
      onSaved(made.value.webhook, made.value.secret)
      return null
    }
    const saved = await ask('saveWebhook', {
      requestId: requestId(),
      webhookId: webhook.webhookId,
      ...wanted,
    })
    if (!saved.ok) return saved.refusal
    onSaved(saved.value)
    onClose()
    return null
  }

  return (
    <DialogForm
      title={webhook === undefined ? 'Add a webhook' : `Change ${webhook.label}`}
      act={webhook === undefined ? 'Add webhook' : 'Save'}
      width={640}
      value={value}
      check={(wanted) => checkWish('createWebhook', { requestId: 'unsent00', ...wanted })}
      save={save}
      onClose={onClose}
    >
      {(error, leave) => (
        <>
          <Field
            label="Address"
            type="url"
            inputMode="url"
            placeholder="https://shop.example/parley"
            help="Where events are posted to, over https. Redirects are not followed."
            value={value.url}
            error={error('url')}
            onBlur={() => value.url !== '' && leave('url')}
            onInput={(event) => setValue({ ...value, url: event.currentTarget.value.trim() })}
          />
          <Field
            label="Name"
            placeholder="Order system"
            value={value.label}
            error={error('label')}
            onBlur={() => value.label !== '' && leave('label')}
            onInput={(event) => setValue({ ...value, label: event.currentTarget.value })}
          />
          {eventGroups.map(({ heading, types }) => (
            <CheckList
              key={heading}
              legend={heading}
              options={types.map(([type, label]) => ({ id: type, label, title: type }))}
              chosen={value.eventTypes}
              onChange={(eventTypes) => setValue({ ...value, eventTypes })}
            />
          ))}
          {error('eventTypes') !== undefined && <Problem>{error('eventTypes')}</Problem>}
        </>
      )}
    </DialogForm>
  )
}
