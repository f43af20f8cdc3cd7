import type { Hours, SiteSettings } from '@parley/shared/protocol/settings.ts'
import { CircleDot, Moon } from 'lucide'
import { useEffect, useState } from 'preact/hooks'
import { Field } from '../../parts/field.tsx'
import { Icon } from '../../parts/icon.tsx'
import { AskedView } from '../parts/asked-view.tsx'
import { FormFrame } from '../parts/form-frame.tsx'
import { may } from '../parts/may.ts'
import { Card, Page } from '../parts/page.tsx'
import { replaced } from '../parts/reorder.ts'
import { useForm } from '../parts/use-form.ts'
import { type SiteForm, useSite } from '../site/site-settings.ts'
import { checkHours } from './check-hours.ts'
import { ClosedDays } from './closed-days.tsx'
import { DayRow } from './day-row.tsx'
import { describeHours, weekdays } from './describe-hours.ts'
import styles from './hours.module.css'

export function HoursPage() {
  const site = useSite()
  const mayEdit = may('site.configure')
  return (
    <Page
      title="Hours"
      intro="When support answers. Outside these hours people leave a message, and are told when you are back."
      readOnlyWords={mayEdit ? undefined : 'Only an admin can change the hours.'}
    >
      <AskedView of={site.asked} lines={8}>
        {(saved) => <HoursForm site={site} saved={saved} mayEdit={mayEdit} />}
      </AskedView>
    </Page>
  )
}

function HoursForm({ site, saved, mayEdit }: { site: SiteForm; saved: SiteSettings; mayEdit: boolean }) {
  const form = useForm<Hours>({
    name: 'hours',
    saved: saved.hours,
    check: (hours) => ({ ...checkHours(hours) }),
    save: (hours) => site.save({ hours }),
  })
  const { value, change } = form
  return (
    <FormFrame form={form} isReadOnly={!mayEdit}>
      <NowLine hours={value} />
      <Card title="Week">
        <Field
          label="Time zone"
          list="time-zones"
          spellcheck={false}
          autocomplete="off"
          value={value.timeZone}
          error={form.error('hours.timeZone')}
          onBlur={() => form.leave('hours.timeZone')}
          onInput={(event) => change({ timeZone: event.currentTarget.value.trim() })}
        />
        <datalist id="time-zones">
          {timeZones().map((zone) => (
            <option key={zone} value={zone} />
          ))}
        </datalist>
        <div class={styles.week}>
          {weekdays.map((day, weekday) => (
            <DayRow
              key={day}
              day={day}
              spans={value.week[weekday] ?? []}
              isReadOnly={!mayEdit}
              error={form.error(`hours.week.${weekday}`)}
              onLeave={() => form.leave(`hours.week.${weekday}`)}
              onChange={(spans) => change({ week: replaced(value.week, weekday, spans) })}
              onCopyToAll={() => change({ week: value.week.map(() => value.week[weekday] ?? []) })}
            />
          ))}
        </div>
      </Card>
      <Card title="Closed days">
        <ClosedDays
          dates={value.closedOn}
          isReadOnly={!mayEdit}
          onChange={(closedOn) => change({ closedOn })}
        />
      </Card>
    </FormFrame>
  )
}

const tickMs = 15_000

/** What a visitor would be told now, with the hours as they stand in the form. */
function NowLine({ hours }: { hours: Hours }) {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), tickMs)
    return () => clearInterval(timer)
  }, [])
  const state = describeHours(hours, now)
  return (
    <p class={state.isOpen ? styles.open : styles.closed} role="status">
      <Icon node={state.isOpen ? CircleDot : Moon} size={16} />
      {state.sentence}
    </p>
  )
}

function timeZones(): string[] {
  return Intl.supportedValuesOf('timeZone')
}
