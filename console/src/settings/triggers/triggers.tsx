import { useRef } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { AskedView } from '../parts/asked-view.tsx'
import { Page } from '../parts/page.tsx'
import { useAsk } from '../parts/use-ask.ts'
import { TriggerEditor } from './trigger-editor.tsx'
import { TriggerList } from './trigger-list.tsx'

export const triggersPath = '/console/settings/triggers'

/** The list, or one trigger under its own address. */
export function Triggers() {
  const { path, route } = useLocation()
  const asked = useAsk('listTriggers', {})
  const report = useAsk('readTriggerReport', { days: 7 })
  const id = path.slice(triggersPath.length).split('/')[1] ?? ''
  /** The trigger that a new one has become: its editor stays, and says that it was saved. */
  const made = useRef<string | undefined>(undefined)
  if (id === '') made.current = undefined
  const back = () => route(triggersPath)
  if (asked.value === undefined)
    return (
      <Page title="Triggers">
        <AskedView of={asked} lines={8}>
          {() => null}
        </AskedView>
      </Page>
    )
  const list = asked.value
  if (id === '')
    return <TriggerList list={list} report={report.value} reload={asked.reload} put={asked.put} />
  const trigger = list.triggers.find((one) => one.triggerId === id)
  return (
    <TriggerEditor
      key={made.current === id ? 'new' : id}
      trigger={trigger}
      list={list}
      counts={report.value?.triggers.find((one) => one.triggerId === id)?.counts}
      onBack={back}
      onSaved={async (saved) => {
        await asked.reload()
        if (id === saved.triggerId) return
        made.current = saved.triggerId
        route(`${triggersPath}/${saved.triggerId}`, true)
      }}
    />
  )
}
