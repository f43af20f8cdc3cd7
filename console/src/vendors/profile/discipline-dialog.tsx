import type { VendorProfile } from '@parley/shared/protocol/vendors.ts'
import type { VendorState } from '@parley/shared/vendors/life-cycle.ts'
import { useState } from 'preact/hooks'
import { ask } from '../../connection.ts'
import { CheckList } from '../../parts/check-list.tsx'
import { Field, Select, TextArea } from '../../parts/field.tsx'
import { Switch } from '../../parts/switch.tsx'
import { DialogForm } from '../../settings/parts/dialog-form.tsx'
import { requestId } from '../../settings/parts/request-id.ts'
import { dayOf, metricValue, metricWords } from '../vendor-words.ts'
import { oneLine } from './reason-dialog.tsx'

export type Discipline = 'warn' | 'restrict' | 'lift' | 'suspend' | 'endProbation'

const words: Record<Discipline, { name: string; effect: string }> = {
  warn: { name: 'Warn', effect: 'Its people read the reason and the conversations. Nothing else changes.' },
  restrict: {
    name: 'Restrict',
    effect: 'It answers fewer at a time, and not about what you close. Its people read why and until when.',
  },
  lift: { name: 'Lift the restriction', effect: 'It answers without limits again.' },
  suspend: {
    name: 'Suspend',
    effect:
      'Its people lose every conversation at once; what is open goes back to support, and buyers are not offered this vendor.',
  },
  endProbation: { name: 'End the probation', effect: 'It is a vendor like any other from now on.' },
}

/** What can be done in a state; the machine of the server says the same. */
export function disciplineIn(state: VendorState): Discipline[] {
  if (state === 'probation') return ['endProbation', 'warn', 'restrict', 'suspend']
  if (state === 'active') return ['warn', 'restrict', 'suspend']
  if (state === 'restricted') return ['lift', 'restrict', 'warn', 'suspend']
  return state === 'training' ? ['suspend'] : []
}

export function DisciplineDialog(props: {
  vendor: VendorProfile
  topics: readonly { id: string; label: string }[]
  onClose: () => void
  onChange: (vendor: VendorProfile) => void
}) {
  const { vendor, topics } = props
  const choices = disciplineIn(vendor.state)
  const [value, setValue] = useState({
    act: choices.includes('warn') ? ('warn' as Discipline) : (choices[0] ?? 'suspend'),
    reason: '',
    until: '',
    conversationIds: [] as string[],
    capacity: String(vendor.limits.capacity ?? 2),
    closedTopics: vendor.limits.closedTopics,
    areLinksOff: true,
  })
  const change = (patch: Partial<typeof value>) => setValue({ ...value, ...patch })
  const isRestrict = value.act === 'restrict'
  const namesCases = value.act === 'warn' || isRestrict || value.act === 'suspend'
  const capacity = Number(value.capacity)
  const cases = vendor.cases.filter(
    (one, at, all) => all.findIndex((other) => other.conversationId === one.conversationId) === at,
  )

  return (
    <DialogForm
      title={`Change the standing of ${vendor.name}`}
      act={words[value.act].name}
      width={640}
      value={value}
      check={({ reason }) => ({
        ...(oneLine(reason) === '' ? { reason: 'Write the reason.' } : {}),
        ...(isRestrict && !(Number.isInteger(capacity) && capacity >= 1 && capacity <= 50)
          ? { capacity: 'Write a number from 1 to 50.' }
          : {}),
      })}
      save={async (wish) => {
        const outcome = await ask('disciplineVendor', {
          requestId: requestId(),
          vendorId: vendor.vendorId,
          act: wish.act,
          reason: oneLine(wish.reason),
          untilAt: wish.until === '' || !namesCases ? null : new Date(`${wish.until}T12:00`).toISOString(),
          conversationIds: namesCases ? wish.conversationIds : [],
          ...(isRestrict ? { capacity, closedTopics: wish.closedTopics, areLinksOff: wish.areLinksOff } : {}),
        })
        if (outcome.ok) props.onChange(outcome.value)
        return outcome.ok ? null : outcome.refusal
      }}
      onClose={props.onClose}
    >
      {(error) => (
        <>
          <Select
            label="What"
            data-focus-first
            help={words[value.act].effect}
            value={value.act}
            onChange={(event) => change({ act: event.currentTarget.value as Discipline })}
          >
            {choices.map((act) => (
              <option key={act} value={act}>
                {words[act].name}
              </option>
            ))}
          </Select>
          <TextArea
            label="Why"
            rows={3}
            maxLength={500}
            help="Its people read this."
            value={value.reason}
            error={error('reason')}
            onInput={(event) => change({ reason: event.currentTarget.value })}
          />
          {isRestrict && (
            <>
              <Field
                label="Conversations at a time, for each member"
                inputMode="numeric"
                maxLength={2}
                value={value.capacity}
                error={error('capacity')}
                onInput={(event) => change({ capacity: event.currentTarget.value })}
              />
              <CheckList
                legend="Closed topics"
                options={topics.map(({ id, label }) => ({ id, label }))}
                chosen={value.closedTopics}
                onChange={(closedTopics) => change({ closedTopics })}
              />
              <Switch
                label="Links off"
                help="Links in its messages are not let through."
                isOn={value.areLinksOff}
                onChange={(areLinksOff) => change({ areLinksOff })}
              />
            </>
          )}
          {namesCases && (
            <Field
              label="Looked at again on"
              type="date"
              help="Until then it can mend what you name. Leave it empty for no date."
              value={value.until}
              onInput={(event) => change({ until: event.currentTarget.value })}
            />
          )}
          {namesCases && cases.length > 0 && (
            <CheckList
              legend="Conversations the notice names"
              options={cases.slice(0, 10).map(({ conversationId, metric, value: figure, at }) => ({
                id: conversationId,
                label: `${dayOf(at)}, ${metricWords[metric].toLowerCase()} ${metricValue(metric, figure)}`,
              }))}
              chosen={value.conversationIds}
              onChange={(conversationIds) => change({ conversationIds })}
            />
          )}
        </>
      )}
    </DialogForm>
  )
}
