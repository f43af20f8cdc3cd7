import type { Webhook } from '@parley/shared/protocol/webhooks.ts'
import { useState } from 'preact/hooks'
import { ask } from '../../connection.ts'
import { Field, Select } from '../../parts/field.tsx'
import { showToast } from '../../parts/toast.tsx'
import { DialogForm } from '../parts/dialog-form.tsx'
import { requestId } from '../parts/request-id.ts'
import styles from './webhooks.module.css'

const dayMs = 86_400_000

export function ReplayDialog(props: { webhook: Webhook; onClose: () => void; onReplayed: () => void }) {
  const { webhook, onClose, onReplayed } = props
  const [value, setValue] = useState({
    from: localTime(Date.now() - dayMs),
    to: localTime(Date.now() + 60_000),
    only: 'parked',
  })
  return (
    <DialogForm
      title={`Replay to ${webhook.label}`}
      act="Replay"
      value={value}
      check={({ from, to }) =>
        from !== '' && to !== '' && from < to ? {} : { to: 'Choose a later moment than the first.' }
      }
      save={async ({ from, to, only }) => {
        const outcome = await ask('replayDeliveries', {
          requestId: requestId(),
          webhookId: webhook.webhookId,
          from: new Date(from).toISOString(),
          to: new Date(to).toISOString(),
          ...(only === 'parked' ? { only } : {}),
        })
        if (!outcome.ok) return outcome.refusal
        const { replayed } = outcome.value
        showToast({
          text: replayed === 1 ? 'One delivery is on its way.' : `${replayed} deliveries are on their way.`,
        })
        onReplayed()
        onClose()
        return null
      }}
      onClose={onClose}
    >
      {(error) => (
        <>
          <Select
            label="What"
            value={value.only}
            onChange={(event) => setValue({ ...value, only: event.currentTarget.value })}
          >
            <option value="parked">Only what did not arrive</option>
            <option value="all">Everything</option>
          </Select>
          <div class={styles.stretch}>
            <Field
              label="From"
              type="datetime-local"
              value={value.from}
              onInput={(event) => setValue({ ...value, from: event.currentTarget.value })}
            />
            <Field
              label="To"
              type="datetime-local"
              value={value.to}
              error={error('to')}
              onInput={(event) => setValue({ ...value, to: event.currentTarget.value })}
            />
          </div>
          <p class={styles.quiet}>
            Oldest first, 1,000 at most. Each keeps its id: a receiver that has handled it can tell.
          </p>
        </>
      )}
    </DialogForm>
  )
}

/** As the browser's own field writes it, in this place's time. */
function localTime(ms: number): string {
  const at = new Date(ms)
  return new Date(ms - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}
