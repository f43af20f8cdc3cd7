import type { Delivery, DeliveryState, Webhook } from '@parley/shared/protocol/webhooks.ts'
import { RotateCcw } from 'lucide'
import { useEffect, useState } from 'preact/hooks'
import { ask } from '../../connection.ts'
import { Button } from '../../parts/button.tsx'
import { Select } from '../../parts/field.tsx'
import { Table } from '../../parts/table.tsx'
import { showToast } from '../../parts/toast.tsx'
import { AskedView } from '../parts/asked-view.tsx'
import { Problem } from '../parts/confirm.tsx'
import { moment } from '../parts/moments.ts'
import { refusalWords } from '../parts/refusal-words.ts'
import { requestId } from '../parts/request-id.ts'
import { Tag } from '../parts/rows.tsx'
import { useAsk } from '../parts/use-ask.ts'
import { tryWords } from './delivery-words.ts'
import { ReplayDialog } from './replay-dialog.tsx'
import styles from './webhooks.module.css'

const pageSize = 30
/** What waits is on its way: looked at again until it has arrived. */
const lookAgainMs = 2_000

/** What was sent to one webhook, newest first. */
export function Deliveries({ webhook, newest }: { webhook: Webhook; newest: number }) {
  const { webhookId } = webhook
  const [state, setState] = useState<DeliveryState | ''>('')
  const wish = { webhookId, limit: pageSize, ...(state === '' ? {} : { state }) }
  const first = useAsk('listDeliveries', wish)
  const [older, setOlder] = useState<Delivery[]>([])
  const [before, setBefore] = useState<string | null>(null)
  const [problem, setProblem] = useState<string>()
  const [isReplaying, setReplaying] = useState(false)
  const isMoving = (first.value?.deliveries ?? []).some(({ nextAt }) => isDue(nextAt))

  useEffect(() => {
    setOlder([])
    setBefore(first.value?.before ?? null)
  }, [first.value])
  useEffect(() => {
    if (newest > 0) void first.reload()
  }, [newest])
  useEffect(() => {
    if (!isMoving) return
    const timer = setTimeout(() => void first.reload(), lookAgainMs)
    return () => clearTimeout(timer)
  }, [first.value, isMoving])

  async function more(): Promise<void> {
    if (before === null) return
    const outcome = await ask('listDeliveries', { ...wish, before })
    if (!outcome.ok) return setProblem(refusalWords(outcome.refusal))
    setOlder([...older, ...outcome.value.deliveries])
    setBefore(outcome.value.before)
  }

  async function replay(deliveryId: string): Promise<void> {
    setProblem(undefined)
    const outcome = await ask('replayDelivery', { requestId: requestId(), webhookId, deliveryId })
    if (!outcome.ok) return setProblem(refusalWords(outcome.refusal))
    showToast({ text: 'It is on its way again, under the same id.' })
    await first.reload()
  }

  return (
    <section class={styles.deliveries} aria-label={`Deliveries to ${webhook.label}`}>
      <div class={styles.filter}>
        <Select
          label="Deliveries"
          value={state}
          onChange={(event) => setState(event.currentTarget.value as DeliveryState | '')}
        >
          <option value="">All of the last 30 days</option>
          <option value="waiting">Waiting</option>
          <option value="delivered">Delivered</option>
          <option value="parked">Parked</option>
        </Select>
        <Button icon={RotateCcw} onClick={() => setReplaying(true)}>
          Replay a stretch…
        </Button>
      </div>
      {problem !== undefined && <Problem>{problem}</Problem>}
      <AskedView of={first} lines={4}>
        {({ deliveries }) =>
          deliveries.length === 0 ? (
            <p class={styles.quiet}>
              {state === ''
                ? 'Nothing has been sent yet. Send a test event to see one arrive.'
                : 'There is none.'}
            </p>
          ) : (
            <>
              <DeliveryTable deliveries={[...deliveries, ...older]} onReplay={(id) => void replay(id)} />
              {before !== null && <Button onClick={() => void more()}>Show older</Button>}
            </>
          )
        }
      </AskedView>
      {isReplaying && (
        <ReplayDialog
          webhook={webhook}
          onClose={() => setReplaying(false)}
          onReplayed={() => void first.reload()}
        />
      )}
    </section>
  )
}

const isDue = (nextAt: string | null) => nextAt !== null && new Date(nextAt).getTime() < Date.now() + 10_000

function DeliveryTable(props: { deliveries: readonly Delivery[]; onReplay: (deliveryId: string) => void }) {
  return (
    <Table<Delivery>
      caption="Deliveries, newest first"
      isDense
      rows={props.deliveries}
      rowKey={({ deliveryId }) => deliveryId}
      columns={[
        { heading: 'State', cell: (row) => <StateTag delivery={row} /> },
        {
          heading: 'Event',
          cell: (row) => (
            <span class={styles.event}>
              <span>{row.type}</span>
              {row.position !== null && <span class={styles.quiet}>position {row.position}</span>}
              <code class={styles.id}>{row.deliveryId}</code>
            </span>
          ),
        },
        {
          heading: 'When',
          cell: ({ createdAt }) => (
            <time dateTime={createdAt} title={createdAt} class={styles.when}>
              {moment(createdAt)}
            </time>
          ),
        },
        { heading: 'Last try', cell: (row) => <LastTry delivery={row} /> },
        {
          heading: 'Tries',
          align: 'end',
          cell: ({ tries }) => (
            <span title={tries.map((one) => `${moment(one.at)}: ${tryWords(one)}`).join('\n')}>
              {tries.length}
            </span>
          ),
        },
        {
          heading: 'Replay',
          isHeadingHidden: true,
          align: 'end',
          cell: (row) => (
            <span class={styles.when}>
              <Button
                size="s"
                disabled={row.state === 'waiting' && row.tries.length === 0}
                aria-label={`Replay ${row.type} of ${moment(row.createdAt)}`}
                onClick={() => props.onReplay(row.deliveryId)}
              >
                Replay
              </Button>
            </span>
          ),
        },
      ]}
    />
  )
}

function StateTag({ delivery: { state, tries } }: { delivery: Delivery }) {
  if (state === 'delivered') return <Tag tone="good">Delivered</Tag>
  if (state === 'parked') return <Tag tone="bad">Parked</Tag>
  return tries.length === 0 ? <Tag>Waiting</Tag> : <Tag tone="warn">Trying again</Tag>
}

function LastTry({ delivery: { tries, nextAt } }: { delivery: Delivery }) {
  const [last] = tries
  if (last === undefined) return <>—</>
  return (
    <span class={styles.event}>
      <span>
        {tryWords(last)} in {last.ms} ms
      </span>
      {nextAt !== null && <span class={styles.quiet}>next {moment(nextAt)}</span>}
    </span>
  )
}
