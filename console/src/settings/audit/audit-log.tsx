import type { AuditEntry } from '@parley/shared/protocol/audit.ts'
import { Download, History } from 'lucide'
import { useEffect, useState } from 'preact/hooks'
import { ask } from '../../connection.ts'
import { Button } from '../../parts/button.tsx'
import { Empty } from '../../parts/empty.tsx'
import { Icon } from '../../parts/icon.tsx'
import { Table } from '../../parts/table.tsx'
import { me } from '../../session.ts'
import { AskedView } from '../parts/asked-view.tsx'
import { Problem } from '../parts/confirm.tsx'
import { may } from '../parts/may.ts'
import { moment } from '../parts/moments.ts'
import { Card, Page } from '../parts/page.tsx'
import { refusalWords } from '../parts/refusal-words.ts'
import { useAsk } from '../parts/use-ask.ts'
import { actionWords } from './action-words.ts'
import styles from './audit.module.css'
import { AuditFilter } from './audit-filter.tsx'
import { everything, exportAddress, filterOf } from './filter.ts'
import { objectWords } from './object-words.ts'
import { useVerify, Verdict, VerifyButton } from './verify-audit.tsx'

const pageSize = 50

export function AuditLog() {
  const [chosen, setChosen] = useState(everything)
  const filter = filterOf(chosen)
  const first = useAsk('listAudit', { ...filter, limit: pageSize })
  const members = useAsk('listMembers', {})
  const names = useNames(members.value?.members ?? [])
  const verifying = useVerify()
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
    const outcome = await ask('listAudit', { ...filter, before, limit: pageSize })
    setAsking(false)
    if (!outcome.ok) return setProblem(refusalWords(outcome.refusal))
    setOlder([...older, ...outcome.value.entries])
    setBefore(outcome.value.before)
  }

  return (
    <Page
      title="Audit log"
      intro="Who did what, and when. Every line carries the seal of the one before it: nobody can change or take out a line without it being found."
      actions={<VerifyButton of={verifying} />}
    >
      <Verdict of={verifying} />
      <Card title="Show" aside={may('audit.export') && <Exports filter={filter} />}>
        <AuditFilter
          chosen={chosen}
          members={members.value?.members ?? []}
          seenActions={(first.value?.entries ?? []).map(({ action }) => action)}
          onChoose={setChosen}
        />
      </Card>
      <AskedView of={first} lines={8}>
        {({ entries }) =>
          entries.length === 0 ? (
            <NothingFound isNarrowed={Object.keys(filter).length > 0} />
          ) : (
            <Card
              title="Lines"
              aside={`${entries.length + older.length}${before === null ? '' : ' newest'}`}
              isFlush
            >
              <Entries entries={[...entries, ...older]} names={names} />
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

function NothingFound({ isNarrowed }: { isNarrowed: boolean }) {
  return isNarrowed ? (
    <Empty icon={History} title="No line fits">
      Choose a longer time, or show everything.
    </Empty>
  ) : (
    <Empty icon={History} title="Nothing has been done yet">
      Every change of settings, team and keys, and every look into somebody else’s conversation, is written
      here.
    </Empty>
  )
}

function Exports({ filter }: { filter: ReturnType<typeof filterOf> }) {
  return (
    <>
      <a class={styles.export} href={exportAddress(filter, 'csv')} download>
        <Icon node={Download} size={14} /> CSV
      </a>
      <a class={styles.export} href={exportAddress(filter, 'jsonl')} download>
        <Icon node={Download} size={14} /> JSON lines
      </a>
    </>
  )
}

function Entries({ entries, names }: { entries: readonly AuditEntry[]; names: ReadonlyMap<string, string> }) {
  return (
    <div class={styles.table}>
      <Table<AuditEntry>
        caption="Lines, newest first"
        rows={entries}
        rowKey={(entry) => entry.auditId}
        columns={[
          {
            heading: 'Line',
            align: 'end',
            cell: (entry) => <span class={styles.line}>{entry.auditId}</span>,
          },
          {
            heading: 'When',
            cell: (entry) => (
              <time dateTime={entry.at} title={entry.at} class={styles.when}>
                {moment(entry.at)}
              </time>
            ),
          },
          {
            heading: 'Who',
            cell: (entry) => (
              <span class={styles.when} title={entry.actorId}>
                {entry.actor ?? <i class={styles.erased}>Erased</i>}
                {entry.actingAs !== null && ` for ${objectWords(entry.actingAs, names)}`}
              </span>
            ),
          },
          {
            heading: 'What',
            cell: (entry) => (
              <span class={entry.result === 'refused' ? styles.refused : styles.when}>
                {actionWords(entry.action)}
              </span>
            ),
          },
          { heading: 'On', cell: (entry) => <AuditObject object={entry.object} names={names} /> },
          { heading: 'Why', cell: (entry) => entry.reason ?? '—' },
        ]}
      />
    </div>
  )
}

function AuditObject({ object, names }: { object: string; names: ReadonlyMap<string, string> }) {
  if (object === '') return <>—</>
  const words = objectWords(object, names)
  return words === object ? <code class={styles.object}>{object}</code> : <span title={object}>{words}</span>
}

function useNames(members: readonly { memberId: string; name: string }[]): ReadonlyMap<string, string> {
  const vendors = useAsk('listVendors', {})
  const queues = useAsk('listQueues', {})
  return new Map<string, string>([
    ...(me.value?.sites ?? []).map(({ siteId, name }) => [siteId, name] as const),
    ...members.map(({ memberId, name }) => [memberId, name] as const),
    ...(vendors.value?.vendors ?? []).map(({ vendorId, name }) => [vendorId, name] as const),
    ...(queues.value?.queues ?? []).map(({ queueId, name }) => [queueId, name] as const),
  ])
}
