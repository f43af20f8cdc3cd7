import type { ApiKey } from '@parley/shared/protocol/settings.ts'
import { Plus, Server } from 'lucide'
import { useState } from 'preact/hooks'
import { ask } from '../../connection.ts'
import { Button } from '../../parts/button.tsx'
import { Empty } from '../../parts/empty.tsx'
import { Icon } from '../../parts/icon.tsx'
import { AskedView } from '../parts/asked-view.tsx'
import { Confirm } from '../parts/confirm.tsx'
import { ago, moment } from '../parts/moments.ts'
import { Card, Page } from '../parts/page.tsx'
import { requestId } from '../parts/request-id.ts'
import { Row, Rows, Tag } from '../parts/rows.tsx'
import { useAsk } from '../parts/use-ask.ts'
import { NewApiKeyDialog } from './new-api-key-dialog.tsx'
import { scopeWords } from './scopes.ts'

const mostLive = 2

export function ApiKeys() {
  const asked = useAsk('listApiKeys', {})
  const [isCreating, setCreating] = useState(false)
  const [revoked, setRevoked] = useState<ApiKey>()
  const keys = asked.value?.keys ?? []
  const live = keys.filter((key) => key.revokedAt === null)
  const create = (
    <Button
      variant="primary"
      icon={Plus}
      disabled={live.length >= mostLive}
      onClick={() => setCreating(true)}
    >
      Create a key
    </Button>
  )

  return (
    <Page
      title="API keys"
      intro="With a key your own server hands in applications, says whose products are whose and reads where vendors stand. A key opens only what you switch on, and no conversation."
      actions={create}
    >
      <AskedView of={asked} lines={4}>
        {() =>
          keys.length === 0 ? (
            <Empty icon={Server} title="No keys yet" actions={create}>
              Your server does nothing here until it has one.
            </Empty>
          ) : (
            <Card
              title="Keys"
              aside={
                live.length >= mostLive
                  ? 'Two keys are live: revoke one before you create another'
                  : 'Two may live at a time, so that you can change over without a gap'
              }
              isFlush
            >
              <Rows label="API keys">
                {keys.map((key) => (
                  <Row
                    key={key.keyId}
                    lead={<Icon node={Server} size={18} />}
                    title={key.name}
                    detail={`${key.scopes.map((scope) => scopeWords[scope].label).join(' · ')} · created ${moment(key.createdAt)} by ${key.createdBy}`}
                    state={<KeyState of={key} />}
                    actions={
                      key.revokedAt === null && (
                        <Button
                          size="s"
                          variant="danger"
                          aria-label={`Revoke ${key.name}…`}
                          onClick={() => setRevoked(key)}
                        >
                          Revoke…
                        </Button>
                      )
                    }
                  />
                ))}
              </Rows>
            </Card>
          )
        }
      </AskedView>
      {isCreating && (
        <NewApiKeyDialog onClose={() => setCreating(false)} onCreated={() => void asked.reload()} />
      )}
      {revoked !== undefined && (
        <Confirm
          title={`Revoke “${revoked.name}”?`}
          act="Revoke key"
          onClose={() => setRevoked(undefined)}
          onConfirm={async () => {
            const outcome = await ask('revokeApiKey', { requestId: requestId(), keyId: revoked.keyId })
            if (!outcome.ok) return outcome.refusal
            await asked.reload()
            return null
          }}
        >
          <p>
            What your server asks with it is refused from now on
            {revoked.lastUsedAt === null
              ? '; it has never been used.'
              : `; it was last used ${ago(revoked.lastUsedAt)}.`}
          </p>
          <p>This cannot be undone.</p>
        </Confirm>
      )}
    </Page>
  )
}

function KeyState({ of }: { of: ApiKey }) {
  if (of.revokedAt !== null) return <Tag>Revoked {moment(of.revokedAt)}</Tag>
  return (
    <>
      <span>{of.lastUsedAt === null ? 'Never used' : `Used ${ago(of.lastUsedAt)}`}</span>
      <Tag tone="good">Live</Tag>
    </>
  )
}
