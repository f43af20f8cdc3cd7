import type { CommandAnswer } from '@parley/shared/protocol/answers.ts'
import type { Trigger, TriggerReport } from '@parley/shared/protocol/triggers.ts'
import { describeRule } from '@parley/shared/triggers/describe-rule.ts'
import { ArrowDown, ArrowUp, Download, MousePointerClick, Pencil, Plus, Trash2, Upload } from 'lucide'
import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { ask } from '../../connection.ts'
import { Button } from '../../parts/button.tsx'
import { Empty } from '../../parts/empty.tsx'
import { IconButton } from '../../parts/icon-button.tsx'
import { Switch } from '../../parts/switch.tsx'
import { Tabs } from '../../parts/tabs.tsx'
import { showToast } from '../../parts/toast.tsx'
import { Confirm, Problem, Warning } from '../parts/confirm.tsx'
import { may } from '../parts/may.ts'
import { Card, Page } from '../parts/page.tsx'
import { refusalWords } from '../parts/refusal-words.ts'
import { moved } from '../parts/reorder.ts'
import { requestId } from '../parts/request-id.ts'
import { Row, Rows, Tag } from '../parts/rows.tsx'
import { saveFile } from '../parts/save-file.ts'
import { ImportDialog } from './import-dialog.tsx'
import { LimitsForm } from './limits-form.tsx'
import { countsLine, liftLine, quietLine } from './report-words.ts'
import styles from './triggers.module.css'
import { triggersPath } from './triggers.tsx'
import { TryRules } from './try-panel.tsx'

type List = CommandAnswer<'listTriggers'>
const tabs = [
  { id: 'rules', label: 'Rules' },
  { id: 'limits', label: 'Limits' },
  { id: 'try', label: 'Why not shown?' },
] as const

export function TriggerList(props: {
  list: List
  report: TriggerReport | undefined
  reload: () => Promise<void>
  put: (list: List) => void
}) {
  const { list, report, reload, put } = props
  const { route } = useLocation()
  const mayEdit = may('trigger.configure')
  const [tab, setTab] = useState<(typeof tabs)[number]['id']>('rules')
  const [problem, setProblem] = useState<string>()
  const [removed, setRemoved] = useState<Trigger>()
  const [isImporting, setImporting] = useState(false)
  const { triggers, settings, file } = list
  const names = Object.fromEntries(settings.segments.map((one) => [one.id, one.name]))
  const add = mayEdit && (
    <Button variant="primary" icon={Plus} onClick={() => route(`${triggersPath}/new`)}>
      Add a trigger
    </Button>
  )

  async function order(from: number, to: number): Promise<void> {
    const next = moved(triggers, from, to)
    put({ ...list, triggers: next })
    const outcome = await ask('orderTriggers', {
      requestId: requestId(),
      triggerIds: next.map((one) => one.triggerId),
    })
    if (!outcome.ok) setProblem(refusalWords(outcome.refusal))
    await reload()
  }

  async function turn({ triggerId, version, name, rule }: Trigger, isOn: boolean): Promise<void> {
    put({
      ...list,
      triggers: triggers.map((one) => (one.triggerId === triggerId ? { ...one, isOn } : one)),
    })
    const outcome = await ask('saveTrigger', { requestId: requestId(), triggerId, version, name, isOn, rule })
    if (!outcome.ok) setProblem(refusalWords(outcome.refusal))
    await reload()
  }

  async function exportAll(): Promise<void> {
    const outcome = await ask('exportTriggers', {})
    if (outcome.ok) saveFile('triggers.yaml', outcome.value.yaml, 'application/yaml')
    else setProblem(refusalWords(outcome.refusal))
  }

  return (
    <Page
      title="Triggers"
      intro="Offer help at the moment it is wanted. Rules are checked from the top, in the page itself; the first that may show does."
      readOnlyWords={mayEdit ? undefined : 'Only an admin can change triggers.'}
      actions={add}
    >
      <Tabs label="Triggers" tabs={tabs} selected={tab} onSelect={setTab} />
      {problem !== undefined && <Problem>{problem}</Problem>}
      {tab === 'limits' && <LimitsForm list={list} isReadOnly={!mayEdit} onSaved={reload} />}
      {tab === 'try' && <TryRules list={list} />}
      {tab === 'rules' && triggers.length === 0 && (
        <Empty icon={MousePointerClick} title="No triggers yet" actions={add}>
          A trigger says a word beside the launcher when somebody seems to need help, for example after a
          declined payment.
        </Empty>
      )}
      {tab === 'rules' && triggers.length > 0 && (
        <>
          {file && file.bytes > file.limit && (
            <Warning>
              The rules weigh {(file.bytes / 1024).toFixed(1)} KiB; pages stay light up to 3.0 KiB. Turn some
              off or shorten their texts.
            </Warning>
          )}
          <Card
            title="Rules"
            aside={file ? `${(file.bytes / 1024).toFixed(1)} of 3.0 KiB on a page` : 'Last 7 days'}
            isFlush
          >
            <Rows label="Triggers">
              {triggers.map((trigger, index) => {
                const { triggerId, name, rule, isOn } = trigger
                const counts = report?.triggers.find((one) => one.triggerId === triggerId)?.counts ?? {}
                const lift = liftLine(counts, !!rule.share?.holdOut)
                const quiet = quietLine(counts)
                return (
                  <Row
                    key={triggerId}
                    title={<a href={`${triggersPath}/${triggerId}`}>{name}</a>}
                    detail={
                      <>
                        <span class={styles.sentence}>{describeRule(rule, names)}</span>
                        <span class={styles.counts}>
                          {countsLine(counts)}
                          {quiet && `. ${quiet}`}
                          {lift && `. ${lift}`}
                        </span>
                      </>
                    }
                    state={!mayEdit && <Tag tone={isOn ? 'good' : 'plain'}>{isOn ? 'On' : 'Off'}</Tag>}
                    actions={
                      mayEdit && (
                        <>
                          <IconButton
                            icon={ArrowUp}
                            label={`Move ${name} up`}
                            disabled={index === 0}
                            onClick={() => void order(index, index - 1)}
                          />
                          <IconButton
                            icon={ArrowDown}
                            label={`Move ${name} down`}
                            disabled={index === triggers.length - 1}
                            onClick={() => void order(index, index + 1)}
                          />
                          <Switch
                            label={`${name} is on`}
                            isLabelHidden
                            isOn={isOn}
                            onChange={(next) => void turn(trigger, next)}
                          />
                          <IconButton
                            icon={Pencil}
                            label={`Edit ${name}`}
                            onClick={() => route(`${triggersPath}/${triggerId}`)}
                          />
                          <IconButton
                            icon={Trash2}
                            label={`Remove ${name}`}
                            onClick={() => setRemoved(trigger)}
                          />
                        </>
                      )
                    }
                  />
                )
              })}
            </Rows>
          </Card>
          {report && (
            <p class={styles.counts}>
              In the last 7 days the launcher was seen on {report.launcher.seen ?? 0} pages, pointed at{' '}
              {report.launcher.hovered ?? 0} times and the chat opened {report.launcher.opened ?? 0} times.
            </p>
          )}
        </>
      )}
      {tab === 'rules' && (
        <div class={styles.files}>
          <Button icon={Download} onClick={() => void exportAll()}>
            Export as YAML
          </Button>
          {mayEdit && (
            <Button icon={Upload} onClick={() => setImporting(true)}>
              Import
            </Button>
          )}
        </div>
      )}
      {removed && (
        <Confirm
          title={`Remove “${removed.name}”?`}
          act="Remove"
          onClose={() => setRemoved(undefined)}
          onConfirm={async () => {
            const outcome = await ask('removeTrigger', {
              requestId: requestId(),
              triggerId: removed.triggerId,
            })
            if (!outcome.ok) return outcome.refusal
            showToast({ text: `“${removed.name}” is removed` })
            await reload()
            return null
          }}
        >
          Pages stop showing it within five minutes. What it counted stays in the report.
        </Confirm>
      )}
      {isImporting && (
        <ImportDialog
          onClose={() => setImporting(false)}
          onDone={async () => {
            setImporting(false)
            await reload()
          }}
        />
      )}
    </Page>
  )
}
