import { TextArea } from '../../parts/field.tsx'
import { Switch } from '../../parts/switch.tsx'
import { paths } from '../../paths.ts'
import { CopyField } from '../../settings/parts/copy-field.tsx'
import { Card } from '../../settings/parts/page.tsx'
import { useAsk } from '../../settings/parts/use-ask.ts'
import { NumberOrNone } from '../number-field.tsx'
import { NamedList } from './named-list.tsx'
import styles from './rules.module.css'
import type { RulesForm } from './rules-page.tsx'

export function ApplicationsCard({ form, termsVersion }: { form: RulesForm; termsVersion: number }) {
  const { applications } = form.value
  const change = (patch: Partial<typeof applications>) =>
    form.change({ applications: { ...applications, ...patch } })
  const site = useAsk('viewSite', {})
  return (
    <Card title="Applications">
      <Switch
        label="Anybody can apply"
        help="Off: nobody can; only an admin adds vendors."
        isOn={applications.isOpen}
        onChange={(isOpen) => change({ isOpen })}
      />
      {applications.isOpen && site.value && (
        <CopyField
          label="Where to apply"
          text={`${location.origin}${paths.apply}?site=${site.value.siteKey}`}
        />
      )}
      <TextArea
        label="Categories"
        rows={3}
        help="One on each line. An applicant chooses among them."
        value={applications.categories.join('\n')}
        error={form.error('applications.categories')}
        onInput={(event) => change({ categories: event.currentTarget.value.split('\n') })}
      />
      <TextArea
        label="Terms"
        rows={6}
        help={`Version ${termsVersion}. A change makes a new version; each application records which one was accepted.`}
        value={applications.terms}
        error={form.error('applications.terms')}
        onInput={(event) => change({ terms: event.currentTarget.value })}
      />
      <NamedList
        legend="Documents to bring"
        add="Add a document"
        entries={applications.documents}
        fresh={(id) => ({ id, label: '', isRequired: true })}
        error={(at) => form.error(`applications.documents.${at}.label`)}
        onChange={(documents) => change({ documents })}
        extra={(entry, set) => (
          <label class={styles.required}>
            <input
              type="checkbox"
              checked={entry.isRequired}
              onChange={(event) => set({ ...entry, isRequired: event.currentTarget.checked })}
            />
            Required
          </label>
        )}
      />
      <NamedList
        legend="Checklist of the review"
        add="Add a check"
        entries={applications.checklist}
        fresh={(id) => ({ id, label: '' })}
        error={(at) => form.error(`applications.checklist.${at}.label`)}
        onChange={(checklist) => change({ checklist })}
      />
      <Switch
        label="Two people approve"
        help="A second member of the staff has to say yes too."
        isOn={applications.needsSecondPerson}
        onChange={(needsSecondPerson) => change({ needsSecondPerson })}
      />
      <NumberOrNone
        label="Checked again after, in days"
        help="Empty: once is enough. A document with an earlier date ends it sooner."
        value={applications.vettedDays}
        error={form.error('applications.vettedDays')}
        onChange={(vettedDays) => change({ vettedDays })}
      />
    </Card>
  )
}
