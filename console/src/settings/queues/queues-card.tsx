import type { MemberSettings, QueueSettings, Topic } from '@parley/shared/protocol/settings.ts'
import { Headset, Pencil, Plus, Store, Trash2 } from 'lucide'
import { useState } from 'preact/hooks'
import { ask } from '../../connection.ts'
import { Button } from '../../parts/button.tsx'
import { Icon } from '../../parts/icon.tsx'
import { IconButton } from '../../parts/icon-button.tsx'
import { Confirm } from '../parts/confirm.tsx'
import { may } from '../parts/may.ts'
import { Card } from '../parts/page.tsx'
import { requestId } from '../parts/request-id.ts'
import { Row, Rows, Tag } from '../parts/rows.tsx'
import { QueueDialog } from './queue-dialog.tsx'

export function QueuesCard(props: {
  queues: readonly QueueSettings[]
  members: readonly MemberSettings[]
  topics: readonly Topic[]
  onChanged: () => void
  onPut: (queues: QueueSettings[]) => void
}) {
  const { queues, members } = props
  const [edited, setEdited] = useState<QueueSettings | 'new'>()
  const [removed, setRemoved] = useState<QueueSettings>()
  const mayEdit = may('queue.manage')
  const supportCount = queues.filter((queue) => queue.kind === 'support').length

  return (
    <Card
      title="Queues"
      isFlush
      aside={
        mayEdit && (
          <Button icon={Plus} onClick={() => setEdited('new')}>
            Add a queue
          </Button>
        )
      }
    >
      <Rows label="Queues">
        {queues.map((queue) => {
          const here = members.filter(
            (member) => queue.memberIds.includes(member.memberId) && !member.isDisabled,
          )
          const isAlone = queue.kind === 'support' && supportCount === 1
          return (
            <Row
              key={queue.queueId}
              lead={<Icon node={queue.kind === 'vendor' ? Store : Headset} size={18} />}
              title={queue.name}
              detail={`${here.length === 0 ? 'Nobody answers it' : names(here)} · ${
                queue.mode === 'offer' ? `offered to one person for ${queue.offerSeconds} s` : 'taken by hand'
              }`}
              state={
                <>
                  {queue.kind === 'vendor' && <Tag>Vendor</Tag>}
                  {here.length === 0 && <Tag tone="warn">No members</Tag>}
                </>
              }
              actions={
                mayEdit && (
                  <>
                    <IconButton icon={Pencil} label={`Edit ${queue.name}`} onClick={() => setEdited(queue)} />
                    {queue.kind === 'support' && !isAlone && (
                      <IconButton
                        icon={Trash2}
                        label={`Remove ${queue.name}`}
                        onClick={() => setRemoved(queue)}
                      />
                    )}
                  </>
                )
              }
            />
          )
        })}
      </Rows>
      {edited !== undefined && (
        <QueueDialog
          queue={edited === 'new' ? undefined : edited}
          members={members}
          onClose={() => setEdited(undefined)}
          onSaved={(saved) => {
            const isNew = !queues.some((queue) => queue.queueId === saved.queueId)
            props.onPut(
              isNew
                ? [...queues, saved]
                : queues.map((queue) => (queue.queueId === saved.queueId ? saved : queue)),
            )
            setEdited(undefined)
            props.onChanged()
          }}
        />
      )}
      {removed !== undefined && (
        <Confirm
          title={`Remove ${removed.name}?`}
          act="Remove queue"
          onClose={() => setRemoved(undefined)}
          onConfirm={async () => {
            const outcome = await ask('removeQueue', { requestId: requestId(), queueId: removed.queueId })
            if (!outcome.ok) return outcome.refusal
            props.onPut(queues.filter((queue) => queue.queueId !== removed.queueId))
            props.onChanged()
            return null
          }}
        >
          <p>{effectOf(removed, props.topics)}</p>
        </Confirm>
      )}
    </Card>
  )
}

function names(members: readonly MemberSettings[]): string {
  const [first, second, ...more] = members.map((member) => member.name)
  if (second === undefined) return first ?? ''
  return more.length === 0 ? `${first} and ${second}` : `${first}, ${second} and ${more.length} more`
}

function effectOf(queue: QueueSettings, topics: readonly Topic[]): string {
  const count = topics.filter((topic) => topic.queueId === queue.queueId).length
  const moving =
    count === 0
      ? ''
      : ` ${count === 1 ? 'One topic goes' : `${count} topics go`} to the first support queue instead.`
  return `No new conversation comes to it.${moving} Past conversations stay as they are.`
}
