import type { Branding, SiteSettings } from '@parley/shared/protocol/settings.ts'
import { Field, Select, TextArea } from '../../parts/field.tsx'
import { AskedView } from '../parts/asked-view.tsx'
import { FormFrame } from '../parts/form-frame.tsx'
import { may } from '../parts/may.ts'
import { Card, Page } from '../parts/page.tsx'
import { useForm } from '../parts/use-form.ts'
import { type SiteForm, useSite } from '../site/site-settings.ts'
import { ColourField } from './colour-field.tsx'
import { WidgetPreview } from './widget-preview.tsx'

export function Appearance() {
  const site = useSite()
  if (site.asked.value === undefined)
    return (
      <Page title="Appearance">
        <AskedView of={site.asked} lines={8}>
          {() => null}
        </AskedView>
      </Page>
    )
  return <AppearanceForm site={site} saved={site.asked.value} />
}

function AppearanceForm({ site, saved }: { site: SiteForm; saved: SiteSettings }) {
  const mayEdit = may('site.configure')
  const form = useForm<Branding>({
    name: 'appearance',
    saved: saved.branding,
    check: (branding) => site.check({ branding }),
    save: (branding) => site.save({ branding }),
  })
  const { value, change, leave } = form
  const text = (name: 'welcome' | 'closing' | 'notice') => ({
    value: value[name],
    error: form.error(`branding.${name}`),
    onBlur: () => leave(`branding.${name}`),
    onInput: (event: { currentTarget: { value: string } }) => change({ [name]: event.currentTarget.value }),
  })

  return (
    <Page
      title="Appearance"
      intro="How the launcher and the first screen look on your pages."
      readOnlyWords={mayEdit ? undefined : 'Only an admin can change these settings.'}
      preview={<WidgetPreview branding={value} topics={saved.topics} />}
    >
      <FormFrame form={form} isReadOnly={!mayEdit}>
        <Card title="Launcher">
          <ColourField
            colour={value.colour}
            error={form.error('branding.colour')}
            isReadOnly={!mayEdit}
            onChange={(colour) => change({ colour })}
            onLeave={() => leave('branding.colour')}
          />
          <Field
            label="Words on the launcher"
            help="Empty: a round button with an icon only."
            placeholder="Ask us"
            maxLength={40}
            value={value.launcherText ?? ''}
            error={form.error('branding.launcherText')}
            onBlur={() => leave('branding.launcherText')}
            onInput={(event) => change({ launcherText: orNull(event.currentTarget.value) })}
          />
          <Select
            label="Side of the page"
            help="The other way round on pages that read from right to left."
            value={value.side}
            onChange={(event) => change({ side: event.currentTarget.value === 'start' ? 'start' : 'end' })}
          >
            <option value="end">Right</option>
            <option value="start">Left</option>
          </Select>
        </Card>
        <Card title="Words">
          <TextArea
            label="Welcome"
            help="Above the choices. Bold, italic, lists and https: links are kept; other markup is removed when you save."
            rows={3}
            {...text('welcome')}
          />
          <TextArea
            label="Notice"
            help="One plain sentence before the first message, such as how long chats are kept."
            rows={2}
            {...text('notice')}
          />
          <TextArea
            label="Closing words"
            help="When a chat has ended. The same markup as the welcome."
            rows={3}
            {...text('closing')}
          />
        </Card>
        <Card title="When chat cannot be reached">
          <Field
            label="Where the launcher leads instead"
            help="A help page (https://) or an address (mailto:). Empty: one sentence that says so."
            placeholder="mailto:help@shop.example"
            inputMode="url"
            spellcheck={false}
            value={value.fallbackUrl ?? ''}
            error={form.error('branding.fallbackUrl')}
            onBlur={() => leave('branding.fallbackUrl')}
            onInput={(event) => change({ fallbackUrl: orNull(event.currentTarget.value.trim()) })}
          />
        </Card>
      </FormFrame>
    </Page>
  )
}

function orNull(text: string): string | null {
  return text === '' ? null : text
}
