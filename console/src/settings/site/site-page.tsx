import type { SiteSettings } from '@parley/shared/protocol/settings.ts'
import { useState } from 'preact/hooks'
import { ask } from '../../connection.ts'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { Switch } from '../../parts/switch.tsx'
import { AskedView } from '../parts/asked-view.tsx'
import { Confirm } from '../parts/confirm.tsx'
import { CopyField } from '../parts/copy-field.tsx'
import { FormFrame } from '../parts/form-frame.tsx'
import { may } from '../parts/may.ts'
import { Card, Page } from '../parts/page.tsx'
import { requestId } from '../parts/request-id.ts'
import { useForm } from '../parts/use-form.ts'
import { roleEffects, roles, roleWords } from '../team/role-words.ts'
import { OriginsField } from './origins-field.tsx'
import styles from './site-page.module.css'
import { type SiteForm, useSite } from './site-settings.ts'

export function SitePage() {
  const site = useSite()
  const mayEdit = may('site.configure')
  return (
    <Page
      title="General"
      intro="What this site is called, where its chat may appear, and who must prove who they are."
      readOnlyWords={mayEdit ? undefined : 'Only an admin can change these settings.'}
    >
      <AskedView of={site.asked} lines={6}>
        {(saved) => <GeneralForm site={site} saved={saved} mayEdit={mayEdit} />}
      </AskedView>
    </Page>
  )
}

function GeneralForm({ site, saved, mayEdit }: { site: SiteForm; saved: SiteSettings; mayEdit: boolean }) {
  const [isReplacing, setReplacing] = useState(false)
  const { branding, allowedOrigins, isEnabled, isIdentityRequired, totpRoles } = saved
  const form = useForm({
    name: 'site',
    saved: {
      name: branding.name,
      allowedOrigins,
      isEnabled,
      isIdentityRequired,
      totpRoles,
    },
    check: ({ name, ...rest }) => site.check({ ...rest, branding: { ...branding, name } }),
    save: ({ name, ...rest }) => site.save({ ...rest, branding: { ...branding, name } }),
  })
  const { value, change } = form

  return (
    <>
      <FormFrame form={form} isReadOnly={!mayEdit}>
        <Card title="Name">
          <Field
            label="Name"
            help="Buyers see it in the chat and in mail."
            maxLength={60}
            value={value.name}
            error={form.error('branding.name')}
            onBlur={() => form.leave('branding.name')}
            onInput={(event) => change({ name: event.currentTarget.value })}
          />
          <Switch
            label="Chat is on"
            help="Off: the launcher stays away and no new conversation can begin. Open ones can still be answered here."
            isOn={value.isEnabled}
            disabled={!mayEdit}
            onChange={(isEnabled) => change({ isEnabled })}
          />
        </Card>
        <Card title="Allowed origins">
          <OriginsField
            origins={value.allowedOrigins}
            error={form.error}
            isReadOnly={!mayEdit}
            onChange={(allowedOrigins) => change({ allowedOrigins })}
          />
        </Card>
        <Card title="Identity">
          <Switch
            label="Only signed-in people may chat"
            help="On: a visitor without a valid signed token from your server is refused. Off: guests may chat, and are shown as guests."
            isOn={value.isIdentityRequired}
            disabled={!mayEdit}
            onChange={(isIdentityRequired) => change({ isIdentityRequired })}
          />
        </Card>
        <Card title="Two-step sign-in">
          <p class={styles.about}>
            People with a marked role set up an authenticator app at their next sign-in and cannot go on
            without.
          </p>
          {roles.map((role) => (
            <Switch
              key={role}
              label={roleWords[role]}
              help={roleEffects[role]}
              isOn={value.totpRoles.includes(role)}
              disabled={!mayEdit}
              onChange={(isOn) =>
                change({
                  totpRoles: roles.filter((one) => (one === role ? isOn : value.totpRoles.includes(one))),
                })
              }
            />
          ))}
        </Card>
      </FormFrame>
      <Card title="Site key">
        <CopyField label="Site key" text={saved.siteKey} />
        {mayEdit && (
          <div class={styles.replace}>
            <Button onClick={() => setReplacing(true)}>Replace key…</Button>
            <p>
              The key is public: it only names the site. Replace it when pages you do not own show your chat.
            </p>
          </div>
        )}
      </Card>
      {isReplacing && (
        <Confirm
          title="Replace the site key?"
          act="Replace key"
          onClose={() => setReplacing(false)}
          onConfirm={async () => {
            const outcome = await ask('replaceSiteKey', { requestId: requestId() })
            if (!outcome.ok) return outcome.refusal
            site.asked.put({ ...saved, siteKey: outcome.value.siteKey })
            return null
          }}
        >
          <p>
            The old key stops at once: chat disappears from every page that still carries the old script tag
            until you paste the new one. Conversations stay.
          </p>
        </Confirm>
      )}
    </>
  )
}
