import { mostWebhooks, type Webhook } from '@parley/shared/protocol/webhooks.ts'
import { Plus, Webhook as WebhookIcon } from 'lucide'
import { useState } from 'preact/hooks'
import { Button } from '../../parts/button.tsx'
import { Empty } from '../../parts/empty.tsx'
import { AskedView } from '../parts/asked-view.tsx'
import { Page } from '../parts/page.tsx'
import { useAsk } from '../parts/use-ask.ts'
import { type NewSecret, SecretDialog } from './secret-dialog.tsx'
import { WebhookCard } from './webhook-card.tsx'
import { WebhookDialog } from './webhook-dialog.tsx'

export function WebhooksPage() {
  const asked = useAsk('listWebhooks', {})
  const [isAdding, setAdding] = useState(false)
  const [made, setMade] = useState<NewSecret>()
  const webhooks = asked.value?.webhooks ?? []
  const put = (webhook: Webhook) => {
    const isKnown = webhooks.some(({ webhookId }) => webhookId === webhook.webhookId)
    asked.put({
      webhooks: isKnown
        ? webhooks.map((one) => (one.webhookId === webhook.webhookId ? webhook : one))
        : [...webhooks, webhook],
    })
  }
  const show = (webhook: Webhook, secret: string, isFirst: boolean) => {
    put(webhook)
    setMade({ label: webhook.label, secret, previousUntil: webhook.previousSecretUntil, isFirst })
  }
  const add = (
    <Button
      variant="primary"
      icon={Plus}
      disabled={webhooks.length >= mostWebhooks}
      aria-label="Add a webhook"
      onClick={() => setAdding(true)}
    >
      Add
    </Button>
  )

  return (
    <Page
      title="Webhooks"
      intro="Your systems learn what happens, moments after it did: each event is posted to them, signed, and again until it has arrived. Private notes, private answers and addresses never leave."
      actions={add}
    >
      <AskedView of={asked} lines={6}>
        {() =>
          webhooks.length === 0 ? (
            <Empty icon={WebhookIcon} title="No webhooks yet" actions={add}>
              Nothing is sent anywhere until you name an address and the events it should hear of.
            </Empty>
          ) : (
            webhooks.map((webhook) => (
              <WebhookCard
                key={webhook.webhookId}
                webhook={webhook}
                onChanged={put}
                onSecret={(changed, secret) => show(changed, secret, false)}
                onRemoved={() => void asked.reload()}
              />
            ))
          )
        }
      </AskedView>
      {isAdding && (
        <WebhookDialog
          webhook={undefined}
          onClose={() => setAdding(false)}
          onSaved={(webhook, secret) => {
            setAdding(false)
            show(webhook, secret ?? '', true)
          }}
        />
      )}
      {made !== undefined && <SecretDialog made={made} onClose={() => setMade(undefined)} />}
    </Page>
  )
}
