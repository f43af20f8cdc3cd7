import type { Cohort, Rollout, RolloutRule } from '@parley/shared/protocol/rollout.ts'
import { features } from '@parley/shared/rollout/features.ts'
import { useState } from 'preact/hooks'
import { ask } from '../../connection.ts'
import { CheckList } from '../../parts/check-list.tsx'
import { Field, Select } from '../../parts/field.tsx'
import { Switch } from '../../parts/switch.tsx'
import { DialogForm } from '../parts/dialog-form.tsx'
import { requestId } from '../parts/request-id.ts'
import { useAsk } from '../parts/use-ask.ts'
import { checkWish } from '../parts/wish-errors.ts'
import { describeRule, unitWords } from './describe-rule.ts'
import styles from './rollout.module.css'

const cohorts: { id: string; label: string; cohort: Cohort | null }[] = [
  { id: 'none', label: 'Nobody besides', cohort: null },
  { id: 'verified', label: 'People with a signed identity', cohort: { isVerified: true } },
  { id: 'buyers', label: 'Buyers with a signed identity', cohort: { isVerified: true, role: 'buyer' } },
  { id: 'sellers', label: 'Sellers', cohort: { isVerified: true, role: 'seller' } },
  { id: 'strangers', label: 'People who are not signed in', cohort: { isVerified: false } },
  { id: 'members', label: 'Named members of the team', cohort: { memberIds: [] } },
]

function cohortIdOf(cohort: Cohort | null): string {
  if (cohort?.memberIds !== undefined) return 'members'
  const same = cohorts.find((one) => JSON.stringify(sorted(one.cohort)) === JSON.stringify(sorted(cohort)))
  return same?.id ?? 'none'
}
const sorted = (cohort: Cohort | null) => cohort && Object.entries(cohort).sort()

export function RuleDialog(props: {
  rollout: Rollout
  onClose: () => void
  onSaved: (rollout: Rollout) => void
  /** Somebody else was faster. */
  onStale: () => void
}) {
  const { rollout, onClose, onSaved, onStale } = props
  const { feature, revision } = rollout
  // Who changes a rule that was turned off means to turn it on again.
  const [rule, setRule] = useState<RolloutRule>({ ...rollout.rule, isKilled: false })
  const change = (patch: Partial<RolloutRule>) => setRule({ ...rule, ...patch })
  const vendors = useAsk('listVendors', {}).value?.vendors ?? []
  const members = useAsk('listMembers', {}).value?.members.filter((member) => member.role !== 'vendor') ?? []
  const memberIds = rule.cohort?.memberIds

  return (
    <DialogForm
      title={features[feature].label}
      act="Save"
      width={640}
      value={rule}
      check={(wish) =>
        checkWish('saveRollout', { requestId: 'unsent00', feature, from: revision, rule: wish })
      }
      save={async (wish) => {
        const outcome = await ask('saveRollout', {
          requestId: requestId(),
          feature,
          from: revision,
          rule: wish,
        })
        if (outcome.ok) onSaved(outcome.value)
        else if (outcome.refusal.code === 'conflict') onStale()
        return outcome.ok ? null : outcome.refusal
      }}
      onClose={onClose}
    >
      {(error, leave) => (
        <>
          <Field
            label="Share"
            data-focus-first
            type="number"
            min={0}
            max={100}
            step="any"
            help={`Percent of ${unitWords[features[feature].unit]}. Who has it keeps it when you widen.`}
            value={Number.isNaN(rule.sharePercent) ? '' : rule.sharePercent}
            error={error('rule.sharePercent')}
            onBlur={() => leave('rule.sharePercent')}
            onInput={(event) => change({ sharePercent: event.currentTarget.valueAsNumber })}
          />
          <Field
            label="Hold-out"
            type="number"
            min={0}
            max={50}
            step="any"
            help="Percent who never get it, so that there is something to compare with."
            value={Number.isNaN(rule.holdOutPercent) ? '' : rule.holdOutPercent}
            error={error('rule.holdOutPercent')}
            onBlur={() => leave('rule.holdOutPercent')}
            onInput={(event) => change({ holdOutPercent: event.currentTarget.valueAsNumber })}
          />
          <Select
            label="And for"
            value={cohortIdOf(rule.cohort)}
            onChange={(event) =>
              change({ cohort: cohorts.find(({ id }) => id === event.currentTarget.value)?.cohort ?? null })
            }
          >
            {cohorts.map(({ id, label }) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </Select>
          {memberIds !== undefined && (
            <CheckList
              legend="Members"
              options={members.map(({ memberId, name }) => ({ id: memberId, label: name }))}
              chosen={memberIds}
              onChange={(ids) => change({ cohort: { memberIds: ids } })}
            />
          )}
          <CheckList
            legend="Vendors that have it in any case"
            options={vendors.map(({ vendorId, name }) => ({ id: vendorId, label: name }))}
            chosen={rule.vendorIds}
            onChange={(vendorIds) => change({ vendorIds })}
          />
          {rollout.rule.isKilled && (
            <Switch
              label="Keep it off for everybody"
              help="The rule is kept for later."
              isOn={rule.isKilled}
              onChange={(isKilled) => change({ isKilled })}
            />
          )}
          <p class={styles.sentence} aria-live="polite">
            {describeRule(feature, rule)}
          </p>
        </>
      )}
    </DialogForm>
  )
}
