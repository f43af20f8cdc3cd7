import type { SiteSettings } from '@parley/shared/protocol/settings.ts'
import { useState } from 'preact/hooks'
import { Tabs } from '../../parts/tabs.tsx'
import { AskedView } from '../parts/asked-view.tsx'
import { FormFrame } from '../parts/form-frame.tsx'
import { may } from '../parts/may.ts'
import { Page } from '../parts/page.tsx'
import { useForm } from '../parts/use-form.ts'
import { type SiteForm, useSite } from '../site/site-settings.ts'
import { checkIntake } from './check-intake.ts'
import { FormPreview } from './form-preview.tsx'
import { IntakeEditor } from './intake-editor.tsx'

type Counterpart = 'support' | 'vendor'
const counterparts = [
  { id: 'support', label: 'For the marketplace' },
  { id: 'vendor', label: 'For a vendor' },
] as const

export function IntakeForms() {
  const site = useSite()
  if (site.asked.value === undefined)
    return (
      <Page title="Intake forms">
        <AskedView of={site.asked} lines={8}>
          {() => null}
        </AskedView>
      </Page>
    )
  return <IntakePage site={site} saved={site.asked.value} />
}

function IntakePage({ site, saved }: { site: SiteForm; saved: SiteSettings }) {
  const mayEdit = may('site.configure')
  const [which, setWhich] = useState<Counterpart>('support')
  const form = useForm({
    name: 'intake',
    saved: saved.intake,
    check: (intake) => ({
      ...site.check({ intake }),
      ...checkIntake(intake.support, 'intake.support'),
      ...checkIntake(intake.vendor, 'intake.vendor'),
    }),
    save: (intake) => site.save({ intake }),
  })
  const intake = form.value[which]
  const topics = saved.topics.filter((topic) => topic.for === 'both' || topic.for === which)

  return (
    <Page
      title="Intake forms"
      intro="What people are asked before a chat begins. A question that their signed identity answers is not asked."
      readOnlyWords={mayEdit ? undefined : 'Only an admin can change these forms.'}
      preview={
        <FormPreview form={intake} topics={topics} counterpart={which} siteName={saved.branding.name} />
      }
    >
      <Tabs label="Whom the form is for" tabs={counterparts} selected={which} onSelect={setWhich} />
      <FormFrame form={form} isReadOnly={!mayEdit}>
        <IntakeEditor
          key={which}
          form={intake}
          path={`intake.${which}`}
          topics={topics}
          isReadOnly={!mayEdit}
          error={form.error}
          leave={form.leave}
          onChange={(changed) => form.change({ [which]: changed })}
        />
      </FormFrame>
    </Page>
  )
}
