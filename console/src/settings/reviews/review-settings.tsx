import type { ReviewRules, ReviewSettings } from '@parley/shared/protocol/reviews.ts'
import type { Criterion } from '@parley/shared/review/rubric.ts'
import { Plus } from 'lucide'
import { ask } from '../../connection.ts'
import { Button } from '../../parts/button.tsx'
import { CheckList } from '../../parts/check-list.tsx'
import { Field } from '../../parts/field.tsx'
import { Switch } from '../../parts/switch.tsx'
import { AskedView } from '../parts/asked-view.tsx'
import { FormFrame } from '../parts/form-frame.tsx'
import { may } from '../parts/may.ts'
import { Card, Page } from '../parts/page.tsx'
import { requestId } from '../parts/request-id.ts'
import { type Asked, useAsk } from '../parts/use-ask.ts'
import { useForm } from '../parts/use-form.ts'
import { checkWish } from '../parts/wish-errors.ts'
import { CriterionEditor } from './criterion-editor.tsx'
import styles from './review-settings.module.css'

interface Value {
  criteria: Criterion[]
  rules: ReviewRules
}

const mostCriteria = 12

export function ReviewSettingsPage() {
  const asked = useAsk('viewReviewSettings', {})
  const mayEdit = may('review.configure')
  return (
    <Page
      title="Reviews"
      intro="Which closed conversations are looked at, by whom, and what a good one is. A changed rubric counts from the next review on; what was scored stays as it was."
      readOnlyWords={mayEdit ? undefined : 'Only an admin can change how reviews are chosen and scored.'}
    >
      <AskedView of={asked} lines={8}>
        {(saved) => <Editor saved={saved} asked={asked} mayEdit={mayEdit} />}
      </AskedView>
    </Page>
  )
}

function Editor(props: { saved: ReviewSettings; asked: Asked<ReviewSettings>; mayEdit: boolean }) {
  const { saved, asked, mayEdit } = props
  const staff = useAsk('listMembers', {}).value?.members.filter((member) => member.role === 'csr') ?? []
  const form = useForm<Value>({
    name: 'reviews',
    saved: { criteria: saved.rubric.criteria, rules: saved.rules },
    check: (value) => checkWish('saveReviewSettings', { requestId: 'unsent00', ...value }),
    async save(value) {
      const outcome = await ask('saveReviewSettings', { requestId: requestId(), ...value })
      if (outcome.ok) asked.put(outcome.value)
      return outcome.ok ? null : outcome.refusal
    },
  })
  const { criteria, rules } = form.value
  const change = (patch: Partial<ReviewRules>) => form.change({ rules: { ...rules, ...patch } })
  const number = (name: 'sharePercent' | 'lowRatingUpTo' | 'firstOfVendor' | 'perAgentAndWeek') => ({
    type: 'number' as const,
    min: 0,
    value: Number.isNaN(rules[name]) ? '' : rules[name],
    error: form.error(`rules.${name}`),
    onBlur: () => form.leave(`rules.${name}`),
    onInput: (event: { currentTarget: HTMLInputElement }) =>
      change({ [name]: event.currentTarget.valueAsNumber }),
  })

  return (
    <FormFrame form={form} isReadOnly={!mayEdit}>
      <Card title="What is reviewed">
        <div class={styles.grid}>
          <Field
            label="Share of all, in percent"
            help="Drawn by chance."
            max={100}
            step="any"
            {...number('sharePercent')}
          />
          <Field
            label="Rated with at most this many stars"
            help="0 chooses none."
            max={5}
            {...number('lowRatingUpTo')}
          />
          <Field
            label="First chats of each vendor"
            help="0 chooses none."
            max={100}
            {...number('firstOfVendor')}
          />
          <Field
            label="For each person and week"
            help="So that nobody is left out."
            max={100}
            {...number('perAgentAndWeek')}
          />
        </div>
        <Switch
          label="Whatever was flagged or reported"
          isOn={rules.flagged}
          disabled={!mayEdit}
          onChange={(flagged) => change({ flagged })}
        />
      </Card>
      <Card title="Who reviews">
        <p class={styles.note}>Moderators and admins always. Nobody reviews their own work.</p>
        <CheckList
          legend="Customer service representatives who review"
          isLegendHidden
          options={staff.map(({ memberId, name }) => ({ id: memberId, label: name }))}
          chosen={rules.reviewerIds}
          onChange={(reviewerIds) => change({ reviewerIds })}
        />
      </Card>
      <Card title="Rubric" aside={`Version ${saved.rubric.version}`}>
        {criteria.map((criterion, at) => (
          <CriterionEditor
            key={criterion.id}
            criterion={criterion}
            error={(name) => form.error(`criteria.${at}.${name}`)}
            onChange={(next) =>
              form.change({ criteria: criteria.map((one) => (one === criterion ? next : one)) })
            }
            onRemove={
              criteria.length > 1
                ? () => form.change({ criteria: criteria.filter((one) => one !== criterion) })
                : undefined
            }
          />
        ))}
        {criteria.length < mostCriteria && (
          <Button
            class={styles.add}
            icon={Plus}
            onClick={() => form.change({ criteria: [...criteria, fresh(criteria)] })}
          >
            Add a criterion
          </Button>
        )}
      </Card>
    </FormFrame>
  )
}

function fresh(criteria: readonly Criterion[]): Criterion {
  const taken = new Set(criteria.map(({ id }) => id))
  let at = criteria.length + 1
  while (taken.has(`criterion${at}`)) at += 1
  return { id: `criterion${at}`, label: '', help: '', weight: 1, isCritical: false }
}
