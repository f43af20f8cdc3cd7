import type { IdentityKey } from '@parley/shared/protocol/settings.ts'
import { KeyRound, Plus } from 'lucide'
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
import { useSite } from '../site/site-settings.ts'
import { NewKeyDialog } from './new-key-dialog.tsx'
import { Samples } from './samples.tsx'

const mostLive = 2

export function IdentityKeys() {
  const asked = useAsk('listIdentityKeys', {})
  const site = useSite()
  const [isCreating, setCreating] = useState(false)
  const [revoked, setRevoked] = useState<IdentityKey>()
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
      title="Identity keys"
      intro="Your server signs who is on the page, and with that what they may talk about. Names and addresses that come from the page itself are never believed."
      actions={create}
    >
      <AskedView of={asked} lines={4}>
        {() =>
          keys.length === 0 ? (
            <Empty icon={KeyRound} title="No keys yet" actions={create}>
              Everybody is a guest until your server signs identities with a key.
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
              <Rows label="Keys">
                {keys.map((key) => (
                  <Row
                    key={key.kid}
                    lead={<Icon node={KeyRound} size={18} />}
                    title={<code>{key.kid}</code>}
                    detail={`${key.algorithm} · created ${moment(key.createdAt)} by ${key.createdBy}`}
                    state={
                      key.revokedAt !== null ? (
                        <Tag>Revoked {moment(key.revokedAt)}</Tag>
                      ) : (
                        <>
                          <span>
                            {key.lastUsedAt === null ? 'Never used' : `Used ${ago(key.lastUsedAt)}`}
                          </span>
                          <Tag tone="good">Live</Tag>
                        </>
                      )
                    }
                    actions={
                      key.revokedAt === null && (
                        <Button size="s" variant="danger" onClick={() => setRevoked(key)}>
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
      <Samples kid={live[0]?.kid} algorithm={live[0]?.algorithm} siteKey={site.asked.value?.siteKey} />
      {isCreating && (
        <NewKeyDialog
          siteKey={site.asked.value?.siteKey ?? ''}
          onClose={() => setCreating(false)}
          onCreated={() => void asked.reload()}
        />
      )}
      {revoked !== undefined && (
        <Confirm
          title={`Revoke ${revoked.kid}?`}
          act="Revoke key"
          onClose={() => setRevoked(undefined)}
          onConfirm={async () => {
            const outcome = await ask('revokeIdentityKey', { requestId: requestId(), kid: revoked.kid })
            if (!outcome.ok) return outcome.refusal
            await asked.reload()
            return null
          }}
        >
          <p>
            Tokens signed with it are refused from now on
            {revoked.lastUsedAt === null
              ? '; it has never been used.'
              : `; it was last used ${ago(revoked.lastUsedAt)}.`}{' '}
            {live.length === 1
              ? 'It is the only live key: buyers of your shop become guests until your server signs with a new one.'
              : 'Make sure that your server signs with the other key already.'}
          </p>
          <p>This cannot be undone.</p>
        </Confirm>
      )}
    </Page>
  )
}
