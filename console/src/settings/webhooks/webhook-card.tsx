import type { Webhook } from '@parley/shared/protocol/webhooks.ts'
import { Ellipsis, KeyRound, Pencil, Power, PowerOff, Send, Trash2 } from 'lucide'
import { useState } from 'preact/hooks'
import { ask } from '../../connection.ts'
import { Button } from '../../parts/button.tsx'
import { IconButton } from '../../parts/icon-button.tsx'
import { Menu } from '../../parts/menu.tsx'
import { showToast } from '../../parts/toast.tsx'
import { Confirm, Problem, Warning } from '../parts/confirm.tsx'
import { ago, moment } from '../parts/moments.ts'
import { Card } from '../parts/page.tsx'
import { refusalWords } from '../parts/refusal-words.ts'
import { requestId } from '../parts/request-id.ts'
import { Tag } from '../parts/rows.tsx'
import { Deliveries } from './deliveries.tsx'
import { typesInShort } from './event-words.ts'
import { RotateDialog } from './rotate-dialog.tsx'
import { WebhookDialog } from './webhook-dialog.tsx'
import styles from './webhooks.module.css'

type Open = 'change' | 'rotate' | 'remove' | undefined

export function WebhookCard(props: {
  webhook: Webhook
  onChanged: (webhook: Webhook) => void
  onSecret: (webhook: Webhook, secret: string) => void
  onRemoved: () => void
}) {
  const { webhook, onChanged, onSecret, onRemoved } = props
  const { webhookId, label, url, state } = webhook
  const [open, setOpen] = useState<Open>()
  const [isListing, setListing] = useState(false)
  const [newest, setNewest] = useState(0)
  const [problem, setProblem] = useState<string>()

  async function flip(): Promise<void> {
    setProblem(undefined)
    const outcome = await ask('switchWebhook', { requestId: requestId(), webhookId, isOn: state !== 'on' })
    if (!outcome.ok) return setProblem(refusalWords(outcome.refusal))
    onChanged(outcome.value)
    setNewest(newest + 1)
  }

  async function test(): Promise<void> {
    setProblem(undefined)
    const outcome = await ask('sendTestEvent', { requestId: requestId(), webhookId })
    if (!outcome.ok) return setProblem(refusalWords(outcome.refusal))
    showToast({ text: 'A test event is on its way. Its delivery tells how it went.' })
    setListing(true)
    setNewest(newest + 1)
  }

  return (
    <Card title={label} aside={<StateTag webhook={webhook} />}>
      <p class={styles.url}>{url}</p>
      <p class={styles.quiet}>
        {typesInShort(webhook.eventTypes)} · added {moment(webhook.createdAt)} by {webhook.createdBy}
        {webhook.waiting > 0 && ` · ${webhook.waiting} waiting`}
        {webhook.previousSecretUntil !== null &&
          webhook.previousSecretUntil > new Date().toISOString() &&
          ` · two secrets sign until ${moment(webhook.previousSecretUntil)}`}
      </p>
      <WhyOff webhook={webhook} />
      {problem !== undefined && <Problem>{problem}</Problem>}
      <div class={styles.acts}>
        <Button icon={Send} aria-label={`Send a test event to ${label}`} onClick={() => void test()}>
          Send test event
        </Button>
        <Button
          variant="quiet"
          aria-expanded={isListing}
          aria-label={`Deliveries to ${label}`}
          onClick={() => setListing(!isListing)}
        >
          Deliveries
        </Button>
        <span class={styles.more}>
          {state !== 'on' && (
            <Button icon={Power} aria-label={`Switch on ${label}`} onClick={() => void flip()}>
              Switch on
            </Button>
          )}
          <Menu
            label={`More for ${label}`}
            align="end"
            groups={[
              {
                items: [
                  { label: 'Change…', icon: Pencil, onSelect: () => setOpen('change') },
                  { label: 'New secret…', icon: KeyRound, onSelect: () => setOpen('rotate') },
                  ...(state === 'on'
                    ? [{ label: 'Switch off', icon: PowerOff, onSelect: () => void flip() }]
                    : []),
                  { label: 'Remove…', icon: Trash2, isDanger: true, onSelect: () => setOpen('remove') },
                ],
              },
            ]}
            trigger={(wiring) => <IconButton icon={Ellipsis} label={`More for ${label}`} {...wiring} />}
          />
        </span>
      </div>
      {isListing && <Deliveries webhook={webhook} newest={newest} />}
      {open === 'change' && (
        <WebhookDialog webhook={webhook} onClose={() => setOpen(undefined)} onSaved={onChanged} />
      )}
      {open === 'rotate' && (
        <RotateDialog
          webhook={webhook}
          onClose={() => setOpen(undefined)}
          onRotated={(changed, secret) => {
            setOpen(undefined)
            onSecret(changed, secret)
          }}
        />
      )}
      {open === 'remove' && (
        <Confirm
          title={`Remove ${label}?`}
          act="Remove webhook"
          onClose={() => setOpen(undefined)}
          onConfirm={async () => {
            const outcome = await ask('removeWebhook', { requestId: requestId(), webhookId })
            if (!outcome.ok) return outcome.refusal
            onRemoved()
            return null
          }}
        >
          <p>
            Nothing is sent to it any more, and its deliveries are gone
            {webhook.waiting > 0 ? `, the ${webhook.waiting} that wait included` : ''}.
          </p>
          <p>This cannot be undone.</p>
        </Confirm>
      )}
    </Card>
  )
}

function StateTag({ webhook: { state, failingSince } }: { webhook: Webhook }) {
  if (state === 'off') return <Tag>Off</Tag>
  if (state !== 'on') return <Tag tone="bad">Switched off</Tag>
  return failingSince === null ? <Tag tone="good">On</Tag> : <Tag tone="warn">Failing</Tag>
}

function WhyOff({ webhook: { state, stateSince, failingSince } }: { webhook: Webhook }) {
  if (state === 'failing')
    return (
      <Warning>
        Nothing had arrived there for three days, so it was switched off {ago(stateSince)}. What happens
        meanwhile is kept for 30 days and goes out when you switch it on.
      </Warning>
    )
  if (state === 'gone')
    return (
      <Warning>
        It answered 410, gone, {ago(stateSince)}, and was switched off. Change its address or remove it.
      </Warning>
    )
  if (state === 'on' && failingSince !== null)
    return (
      <Warning>
        Nothing has arrived there since {moment(failingSince)}. It is tried again for three days, then it is
        switched off and admins get a letter.
      </Warning>
    )
  return null
}
