import type { AuditEntry } from '@parley/shared/protocol/settings.ts'
import { History } from 'lucide'
import { useEffect, useState } from 'preact/hooks'
import { ask } from '../../connection.ts'
import { Button } from '../../parts/button.tsx'
import { Empty } from '../../parts/empty.tsx'
import { Table } from '../../parts/table.tsx'
import { me } from '../../session.ts'
import { AskedView } from '../parts/asked-view.tsx'
import { Problem } from '../parts/confirm.tsx'
import { moment } from '../parts/moments.ts'
import { Card, Page } from '../parts/page.tsx'
import { refusalWords } from '../parts/refusal-words.ts'
import { useAsk } from '../parts/use-ask.ts'
import { actionWords } from './action-words.ts'
import styles from './audit.module.css'
import { objectWords } from './object-words.ts'

const pageSize = 50

export function AuditLog() {
  const first = useAsk('listAudit', { limit: pageSize })
  const names = useNames()
  const [older, setOlder] = useState<AuditEntry[]>([])
  const [before, setBefore] = useState<string | null>(null)
  const [isAsking, setAsking] = useState(false)
  const [problem, setProblem] = useState<string>()

  useEffect(() => {
    setOlder([])
    setBefore(first.value?.before ?? null)
  }, [first.value])

  async function more(): Promise<void> {
    if (before === null) return
    setAsking(true)
    setProblem(undefined)
    const outcome = await ask('listAudit', { before, limit: pageSize })
    setAsking(false)
    if (!outcome.ok) return setProblem(refusalWords(outcome.refusal))
    setOlder([...older, ...outcome.value.entries])
    setBefore(outcome.value.before)
  }

  return (
    <Page
      title="Audit log"
      intro="Who changed what, and when. Lines are only ever added; nobody can change or remove one."
    >
      <AskedView of={first} lines={8}>
        {({ entries }) =>
          entries.length === 0 ? (
            <Empty icon={History} title="Nothing has been changed yet">
              Every change of settings, team and keys is written here.
            </Empty>
          ) : (
            <Card
              title="Changes"
              aside={`${entries.length + older.length}${before === null ? '' : ' newest'}`}
              isFlush
            >
              <div class={styles.table}>
                <Table<AuditEntry>
                  caption="Changes, newest first"
                  rows={[...entries, ...older]}
                  rowKey={(entry) => entry.auditId}
                  columns={[
                    {
                      heading: 'When',
                      cell: (entry) => (
                        <time
                          dateTime={entry.at}
                          title={new Date(entry.at).toISOString()}
                          class={styles.when}
                        >
                          {moment(entry.at)}
                        </time>
                      ),
                    },
                    { heading: 'Who', cell: (entry) => <span class={styles.when}>{entry.actor}</span> },
                    {
                      heading: 'What',
                      cell: (entry) => <span class={styles.when}>{actionWords(entry.action)}</span>,
                    },
                    { heading: 'On', cell: (entry) => <AuditObject object={entry.object} names={names} /> },
                    { heading: 'Why', cell: (entry) => entry.reason ?? '—' },
                  ]}
                />
              </div>
              {problem !== undefined && <Problem>{problem}</Problem>}
              {before !== null && (
                <div class={styles.more}>
                  <Button isBusy={isAsking} onClick={() => void more()}>
                    Show older
                  </Button>
                </div>
              )}
            </Card>
          )
        }
      </AskedView>
    </Page>
  )
}

function AuditObject({ object, names }: { object: string; names: ReadonlyMap<string, string> }) {
  if (object === '') return <>—</>
  const words = objectWords(object, names)
  return words === object ? <code class={styles.object}>{object}</code> : <span title={object}>{words}</span>
}

function useNames(): ReadonlyMap<string, string> {
  const members = useAsk('listMembers', {})
  const vendors = useAsk('listVendors', {})
  const queues = useAsk('listQueues', {})
  return new Map<string, string>([
    ...(me.value?.sites ?? []).map(({ siteId, name }) => [siteId, name] as const),
    ...(members.value?.members ?? []).map(({ memberId, name }) => [memberId, name] as const),
    ...(vendors.value?.vendors ?? []).map(({ vendorId, name }) => [vendorId, name] as const),
    ...(queues.value?.queues ?? []).map(({ queueId, name }) => [queueId, name] as const),
  ])
}
