import type { Refusal } from '@parley/shared/protocol/refusals.ts'
import { type IconNode, Plus } from 'lucide'
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { Button } from '../../parts/button.tsx'
import { Empty } from '../../parts/empty.tsx'
import { Icon } from '../../parts/icon.tsx'
import { AskedView } from './asked-view.tsx'
import { Confirm } from './confirm.tsx'
import { ago, moment } from './moments.ts'
import { Card, Page } from './page.tsx'
import { Row, Rows, Tag } from './rows.tsx'
import type { Asked } from './use-ask.ts'

interface KeyDates {
  createdAt: string
  createdBy: string
  lastUsedAt: string | null
  revokedAt: string | null
}

const mostLive = 2

/** Keys of a server: shown once, two live at a time so that it can change over, revoked for good. */
export function LiveKeys<Key extends KeyDates>(props: {
  title: string
  intro: string
  icon: IconNode
  none: string
  asked: Asked<{ keys: Key[] }>
  idOf: (key: Key) => string
  nameOf: (key: Key) => string
  /** As it stands in the list, where that is not plain text. */
  titleOf?: (key: Key) => ComponentChildren
  about: (key: Key) => string
  /** What goes wrong when it is revoked: “Tokens signed with it are refused from now on”. */
  effect: string
  warning?: (live: number) => string
  onRevoke: (key: Key) => Promise<Refusal | null>
  dialog: (onClose: () => void) => ComponentChildren
  children?: (live: Key | undefined) => ComponentChildren
}) {
  const { icon, asked, nameOf } = props
  const [isCreating, setCreating] = useState(false)
  const [revoked, setRevoked] = useState<Key>()
  const keys = asked.value?.keys ?? []
  const live = keys.filter((key) => key.revokedAt === null)
  const isFull = live.length >= mostLive
  const create = (
    <Button variant="primary" icon={Plus} disabled={isFull} onClick={() => setCreating(true)}>
      Create a key
    </Button>
  )

  return (
    <Page title={props.title} intro={props.intro} actions={create}>
      <AskedView of={asked} lines={4}>
        {() =>
          keys.length === 0 ? (
            <Empty icon={icon} title="No keys yet" actions={create}>
              {props.none}
            </Empty>
          ) : (
            <Card
              title="Keys"
              aside={
                isFull
                  ? 'Two keys are live: revoke one before you create another'
                  : 'Two may live at a time, so that you can change over without a gap'
              }
              isFlush
            >
              <Rows label={props.title}>
                {keys.map((key) => (
                  <Row
                    key={props.idOf(key)}
                    lead={<Icon node={icon} size={18} />}
                    title={props.titleOf?.(key) ?? nameOf(key)}
                    detail={`${props.about(key)} · created ${moment(key.createdAt)} by ${key.createdBy}`}
                    state={<KeyState of={key} />}
                    actions={
                      key.revokedAt === null && (
                        <Button
                          size="s"
                          variant="danger"
                          aria-label={`Revoke ${nameOf(key)}…`}
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
      {props.children?.(live[0])}
      {isCreating && props.dialog(() => setCreating(false))}
      {revoked !== undefined && (
        <Confirm
          title={`Revoke “${nameOf(revoked)}”?`}
          act="Revoke key"
          onClose={() => setRevoked(undefined)}
          onConfirm={async () => {
            const refusal = await props.onRevoke(revoked)
            if (refusal === null) await asked.reload()
            return refusal
          }}
        >
          <p>
            {props.effect}
            {revoked.lastUsedAt === null
              ? '; it has never been used.'
              : `; it was last used ${ago(revoked.lastUsedAt)}.`}{' '}
            {props.warning?.(live.length)}
          </p>
          <p>This cannot be undone.</p>
        </Confirm>
      )}
    </Page>
  )
}

function KeyState({ of }: { of: KeyDates }) {
  if (of.revokedAt !== null) return <Tag>Revoked {moment(of.revokedAt)}</Tag>
  return (
    <>
      <span>{of.lastUsedAt === null ? 'Never used' : `Used ${ago(of.lastUsedAt)}`}</span>
      <Tag tone="good">Live</Tag>
    </>
  )
}
