import type { MemberRole } from '@parley/shared/people.ts'
import type { MemberSettings } from '@parley/shared/protocol/settings.ts'
import { useState } from 'preact/hooks'
import { ask } from '../../connection.ts'
import { Field, Select } from '../../parts/field.tsx'
import { DialogForm } from '../parts/dialog-form.tsx'
import { requestId } from '../parts/request-id.ts'
import { checkWish } from '../parts/wish-errors.ts'
import { roleEffects, roles, roleWords } from './role-words.ts'

export function MemberDialog(props: {
  member: MemberSettings
  onClose: () => void
  onSaved: (member: MemberSettings) => void
}) {
  const { member } = props
  const [value, setValue] = useState({ name: member.name, role: member.role, capacity: member.capacity })
  const change = (patch: Partial<typeof value>) => setValue({ ...value, ...patch })
  // Whoever answers for a vendor stays there: a vendor member who became staff would keep what they know.
  const open = member.role === 'vendor' ? (['vendor'] as const) : roles.filter((role) => role !== 'vendor')

  return (
    <DialogForm
      title={`Edit ${member.name}`}
      act="Save"
      value={value}
      check={(wish) => checkWish('saveMember', { requestId: 'unsent00', memberId: member.memberId, ...wish })}
      save={async (wish) => {
        const outcome = await ask('saveMember', {
          requestId: requestId(),
          memberId: member.memberId,
          ...wish,
        })
        if (outcome.ok) props.onSaved(outcome.value)
        return outcome.ok ? null : outcome.refusal
      }}
      onClose={props.onClose}
    >
      {(error, leave) => (
        <>
          <Field
            label="Name"
            data-focus-first
            maxLength={80}
            help="As buyers see it."
            value={value.name}
            error={error('name')}
            onBlur={() => leave('name')}
            onInput={(event) => change({ name: event.currentTarget.value })}
          />
          <Select
            label="Role"
            help={
              member.role === 'vendor' ? 'To make them staff, invite them anew.' : roleEffects[value.role]
            }
            value={value.role}
            error={error('role')}
            onChange={(event) => change({ role: event.currentTarget.value as MemberRole })}
          >
            {open.map((role) => (
              <option key={role} value={role}>
                {roleWords[role]}
              </option>
            ))}
          </Select>
          <Field
            label="Conversations at a time"
            type="number"
            min={0}
            max={50}
            help="From 0 to 50. With 0 nothing is offered to them."
            value={Number.isNaN(value.capacity) ? '' : value.capacity}
            error={error('capacity')}
            onBlur={() => leave('capacity')}
            onInput={(event) => change({ capacity: event.currentTarget.valueAsNumber })}
          />
        </>
      )}
    </DialogForm>
  )
}
